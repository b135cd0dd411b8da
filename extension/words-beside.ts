/** Text of the lists of what a run makes on the site beside the items of the source. */
import type { BesideList, BesideRow } from '../shared/api-beside.ts'

export const besideWords = {
  titles: {
    schemes: 'Schemes that the migration makes',
    fillers: 'Empty issues that keep numbers',
    notes: 'Comments that the migration adds',
  } satisfies Record<BesideList, string>,
  texts: {
    schemes:
      'Each project gets an issue type scheme and a simple workflow with its own scheme, and all share one set of screens. They stay on the site.',
    fillers:
      'A number that the source has no issue for would shift all numbers behind it. An empty issue takes its place while the issues are made, and is deleted at the end of the run.',
    notes:
      'Who added a file and when, and the rest of a text that is too long for one field: the site has no other place for them.',
  } satisfies Record<BesideList, string>,
  states: {
    waiting: 'not yet made',
    made: 'made',
    deleted: 'made, and deleted again',
    failed: 'failed',
  } satisfies Record<BesideRow['state'], string>,
  empty: 'None',
  emptyText: 'The latest plan makes nothing of this kind.',
}
