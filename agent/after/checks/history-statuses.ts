import { type AfterCheck, atIssue, fine, fold, plural, warn } from '../check.ts'

/** Names of statuses in the site's history that are not the ones the site has under these ids. */
export const historyStatuses: AfterCheck = {
  key: 'history-statuses',
  group: 'issues',
  title: 'Names of statuses in the history',
  lists: { changes: ['change of status was looked at', 'changes of status were looked at'] },
  open({ read }) {
    let known: Promise<{ byId: Map<string, string>; names: Set<string> }> | null = null
    const statuses = async () => {
      const all = await read.statuses()
      return {
        byId: new Map(all.map(({ id, name }) => [id, name])),
        names: new Set(all.map(({ name }) => fold(name))),
      }
    }
    return {
      async *see({ issues }) {
        if (!issues.length) return
        known ??= statuses()
        const { byId, names } = await known
        const keys = new Map(issues.map(({ id, key }) => [id, key]))
        const told = new Set<string>()
        for await (const change of read.statusChanges([...keys.keys()])) {
          const key = keys.get(change.issueId)
          if (key === undefined) continue
          const moved = `From "${change.fromName}" to "${change.toName}".`
          yield { ...atIssue(key, moved), list: 'changes' }
          for (const [id, name] of [
            [change.from, change.fromName],
            [change.to, change.toName],
          ] as const) {
            if (name === '' || told.has(`${key} ${name}`)) continue
            const now = id === null ? undefined : byId.get(id)
            const right = now === undefined ? names.has(fold(name)) : fold(now) === fold(name)
            if (right) continue
            told.add(`${key} ${name}`)
            yield atIssue(
              key,
              now === undefined
                ? `The history names the status "${name}", which the site does not have.`
                : `The history names the status "${name}", which is "${now}" on the site.`,
            )
          }
        }
      },
      say: (places, rowsOf) =>
        places
          ? warn(
              `In ${plural(places, 'place', 'places')} the history names a status that the site has not, or calls otherwise.`,
              'The history itself cannot be changed. Reports that go by status names (cycle time, control chart) are wrong for these issues; rename the status back, or accept it with a note.',
            )
          : fine(
              rowsOf('changes')
                ? `All ${plural(rowsOf('changes'), 'change', 'changes')} of status name statuses of the site.`
                : 'The site has no changes of status for these issues.',
            ),
    }
  },
}
