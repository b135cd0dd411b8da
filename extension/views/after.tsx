import { type ChecklistTask, checklistTasks } from '../../shared/after-checklist.ts'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { itemsHash, tabHash } from '../models/place.ts'
import { afterWords as words } from '../words-after.ts'

interface AfterProps {
  row: MigrationView
  detail: MigrationDetail | null
}

/** What is left to do once a migration has ended, in the words of the page that its users know, each with the way there. */
export function After({ row, detail }: AfterProps) {
  const { id, needsAttention } = row
  const asText = detail?.kinds.find((one) => one.kind === 'user')?.counts.leftOut ?? 0
  return (
    <details open>
      <summary>{words.title}</summary>
      <p class="quiet">
        {words.checks} <a href={tabHash(id, 'after')}>{words.checksLink}</a>
      </p>
      <ol class="after">
        {needsAttention > 0 && (
          <li>
            {words.attention} <a href={tabHash(id, 'attention')}>{words.attentionLink}</a>
          </li>
        )}
        {checklistTasks.map((task) => (
          <li key={task.entry}>
            {task.sentence} <Ways row={row} task={task} />
            {task.entry === 'former-user' && asText > 0 && (
              <>
                {' '}
                {words.text}{' '}
                <a href={itemsHash(id, { kind: 'user', verdict: 'leftOut' })}>
                  {words.textLink(asText)}
                </a>
              </>
            )}
          </li>
        ))}
        <li>{words.mail}</li>
      </ol>
    </details>
  )
}

/** Where a task is done here, and where on the site; a practice site has none of the latter. */
function Ways({ row, task }: { row: MigrationView; task: ChecklistTask }) {
  const { id, site } = row
  const here =
    task.entry === 'report'
      ? ([tabHash(id, 'logs'), words.reportLink] as const)
      : task.entry === 'review'
        ? ([tabHash(id, 'includes'), words.projectsLink] as const)
        : null
  const away = site.kind === 'cloud' && site.url ? placeOnSite(site.url, task) : null
  return (
    <>
      {here && <a href={here[0]}>{here[1]}</a>}
      {here && away && ' · '}
      {away && (
        <a href={away} target="_blank" rel="noreferrer">
          {words.away[task.entry] ?? words.onSite}
        </a>
      )}
    </>
  )
}

function placeOnSite(url: string, { page, entry }: ChecklistTask): string | null {
  if (page === null) return null
  if ('address' in page) return page.address
  const path = entry === 'review' ? '/jira/projects' : page.path
  return `${url.replace(/\/+$/, '')}${path}`
}
