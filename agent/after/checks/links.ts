import type { SiteIssue } from '../../cloud/reading.ts'
import { isOut, itemsOfIssues } from '../../ledger/after-items.ts'
import { eachItem, type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, type AfterPlace, atIssue, fault, fold, plural } from '../check.ts'
import { leftOutOf, leftOutWords, sayBeside } from '../left-out.ts'

/** bulkfetch takes at most 100 keys. */
const issuesARequest = 100
const what = ['link, sub-task or epic', 'links, sub-tasks and epics'] as const
const parents: Record<string, string> = { jira_subtask: 'sub-task', jira_epic: 'epic' }

/** Links between issues, sub-tasks and epics: lost, twice, or the wrong way round. */
export const links: AfterCheck = {
  key: 'links',
  group: 'links',
  title: 'Links, sub-tasks and epics',
  lists: {
    looked: ['link, sub-task or epic was looked at', 'links, sub-tasks and epics were looked at'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    const { db, migrationId, read } = context

    function wrong(item: ItemRow, there: SiteIssue): string {
      const { type, inwardKey, outwardKey } = promiseOf(item, 'link')
      const parent = parents[type]
      if (parent !== undefined) {
        if (there.parentKey === inwardKey) return ''
        const now = there.parentKey ? `it is under ${there.parentKey}` : 'it has no parent'
        return type === 'jira_subtask'
          ? `Was a sub-task of ${inwardKey}; on the site ${now}.`
          : `Belonged to the epic ${inwardKey}; on the site ${now}.`
      }
      const same = there.links.filter((link) => fold(link.type) === fold(type))
      const right = same.filter((link) => link.outwardKey === outwardKey)
      if (right.length === 1) return ''
      if (right.length > 1)
        return `The link "${type}" to ${outwardKey} is there ${right.length} times.`
      if (same.some((link) => link.inwardKey === outwardKey))
        return `The link "${type}" to ${outwardKey} points the wrong way: from ${outwardKey} to ${inwardKey}.`
      const other = there.links.find((link) => link.outwardKey === outwardKey)
      return other
        ? `The link to ${outwardKey} is "${other.type}" on the site and was "${type}".`
        : `The link "${type}" to ${outwardKey} is lost.`
    }

    function* judge(item: ItemRow, there: SiteIssue): Generator<AfterPlace> {
      const detail = wrong(item, there)
      if (detail) yield atIssue(there.key, detail)
      yield { ...atIssue(there.key, item.label), list: 'looked' }
    }

    async function* epics(items: readonly ItemRow[]): AsyncGenerator<AfterPlace> {
      const keys = [...new Set(items.map((item) => promiseOf(item, 'link').outwardKey))]
      const found = new Map((await read.issues(keys)).map((one) => [one.key, one]))
      for (const item of items) {
        const there = found.get(promiseOf(item, 'link').outwardKey)
        if (there) yield* judge(item, there)
      }
    }

    return {
      async *see({ issues }) {
        const byKey = new Map(issues.map((issue) => [issue.key, issue]))
        const keys = [...byKey.keys()]
        if (!keys.length) return
        // A link is looked at from where it begins, a sub-task from the child: that is where it would be missing.
        for (const item of await itemsOfIssues(db, migrationId, keys, ['link'])) {
          if (isOut(item) || item.promiseJson === null) continue
          const { type, inwardKey, outwardKey } = promiseOf(item, 'link')
          const at = byKey.get(type === 'jira_subtask' ? outwardKey : inwardKey)
          if (type !== 'jira_epic' && at) yield* judge(item, at)
        }
      },
      // The ledger has an epic's link with the epic, the site with the child.
      async *ask() {
        let page: ItemRow[] = []
        for await (const item of eachItem(db, migrationId, { kind: 'link' })) {
          if (isOut(item) || item.promiseJson === null) continue
          if (promiseOf(item, 'link').type !== 'jira_epic') continue
          if (page.push(item) < issuesARequest) continue
          yield* epics(page)
          page = []
        }
        yield* epics(page)
        yield* leftOutOf(context, 'link')
      },
      say(places, rowsOf) {
        const [looked, out] = [rowsOf('looked'), rowsOf('leftOut')]
        return sayBeside(
          { places, out },
          {
            what,
            wrong: () =>
              fault(
                `${plural(places, 'link, sub-task or epic is', 'links, sub-tasks or epics are')} lost or wrong, of ${plural(looked, 'link', 'links')}.`,
                'Make the link anew on the issue, or run the migration again: what is missing is sent once more.',
              ),
            rest: looked
              ? `All ${plural(looked, 'link, sub-task and epic that was moved stands', 'links, sub-tasks and epics that were moved stand')} as at the source.`
              : 'There are no links, sub-tasks or epics to look at.',
            hint: 'The list says why. Make those that matter by hand on the issue, or accept it with a note.',
          },
        )
      },
    }
  },
}
