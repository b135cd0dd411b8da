/** Text of the overlay's switches and doors, and of the place in the side panel that says the same. */
import type { OverlayFeature, PillPlace } from './settings.ts'

export const featureWords: Record<OverlayFeature, [label: string, hint: string]> = {
  issues: ['On issues', 'Boards and lists with an issue open as well.'],
  projects: ['On projects', 'How much of the project is verified, checks and checklist.'],
  boards: ['On boards', 'How many issues the board shows here and at the source.'],
  filters: ['On filters', 'How many issues the filter finds here and at the source.'],
  lists: ['In lists and on boards', 'A small mark on issues that need a look.'],
  people: ['On pages of users and groups', 'What the checks found about people.'],
  jql: ['On searches', 'A mark on names that end in “(migrated)”.'],
  oldPages: ['On pages of the old server', 'Where an issue or project is now.'],
}
export const pillWords = {
  legend: 'Where the pill stands',
  places: {
    'bottom right': 'Bottom right',
    'bottom left': 'Bottom left',
    'top right': 'Top right',
    'top left': 'Top left',
  } satisfies Record<PillPlace, string>,
}

export const hereWords = {
  answer: 'What is known of this page',
  title: 'The page in front',
  back: 'All migrations',
  bar: (name: string) => `In front: ${name}`,
  nothing: 'Nothing to tell about the page in front',
  nothingText:
    'Open an issue, a project, a board or a filter of a Jira Cloud site in this window: what Landfall knows of it is shown here.',
}

export const doorWords = {
  drawer: 'What Landfall knows of this page',
  panel: 'Show it in the side panel',
}
