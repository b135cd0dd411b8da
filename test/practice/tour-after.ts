import type { Call } from './caller.ts'

/** What checks after a migration ask for; board: an id. */
export async function tourAfter(call: Call, board: number): Promise<void> {
  const parse = (validation: string, queries: string[]) =>
    call('POST', `/rest/api/3/jql/parse?validation=${validation}`, { queries })
  const queries = ['project = TOUR ORDER BY created', 'invalid query', 'universe = 42', 'x in (1']
  await parse('strict', queries)
  await parse('warn', queries)
  await parse('strict', ['project = NOWHERE ORDER BY universe'])
  await parse('often', queries)
  await call('GET', `/rest/agile/1.0/board/${board}/quickfilter`)
  await call('GET', '/rest/agile/1.0/board/1/quickfilter')
}
