/** Text of the list of what the site has beyond the source. */
import type { Kind } from '../shared/plan.ts'
import { kindTitle } from './words.ts'

export const strangerWords = {
  title: (kind: Kind | null) =>
    kind === null ? 'On the site only' : `${kindTitle(kind)} on the site only`,
  text: 'The site has these and the source does not: people may have made them since, or the migration made them twice. No number of the migration counts them.',
  id: (id: string) => `id ${id} on the site`,
  open: 'Open on the site',
  empty: 'Nothing beyond the source',
  emptyText:
    'The latest verification found nothing of this kind on the site that the source lacks.',
  /** Before the number of a finding: the site has 4 comments. */
  took: 'the site has',
  show: 'Show them',
}
