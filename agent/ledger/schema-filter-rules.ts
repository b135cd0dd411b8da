/**
 * The ninth version of the ledger: "reuse" of a filter's name became a choice that a run obeys. Before it stood
 * in setups that nobody had asked, and was read as "rename": what those migrations do stays the same.
 */
export const filterRules = `
  update migration set collisionsJson = json_set(collisionsJson, '$.filter', 'rename')
    where json_extract(collisionsJson, '$.filter') = 'reuse';
`
