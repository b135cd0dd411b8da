/** What no migration over Jira Cloud's REST API can do, said once; each with what Landfall does instead. */
export const standingLimits: readonly (readonly [string, string])[] = [
  [
    'Created and updated times',
    'The site sets its own. The old times stand in the first line of each text, and exactly in a property of the item.',
  ],
  [
    'Authors of comments, work logs and files; creators of issues',
    'The site takes the account of the token. The old name stands in the first line of the text; reporter and assignee are set where there is an account.',
  ],
  [
    'History',
    'The site writes its own from the day of the run. The old one stays in the snapshot, where it can be read.',
  ],
  [
    'Votes and watchers',
    'Nobody can vote for somebody else. Watchers are added where they have an account.',
  ],
  [
    'Workflows, screens, permission and notification schemes',
    'Each project gets a simple workflow with its statuses, one screen, and the default schemes of the site.',
  ],
  [
    'Filters',
    'The account of the token owns them; their owner of the source may change them. They are shared as at the source: with anyone on the web becomes with all logged-in users.',
  ],
  [
    'Dashboards',
    'The account of the token owns them. They come with the gadgets that the site has, in two columns; gadgets of apps that the site does not have stay behind.',
  ],
  [
    'Issue keys',
    'They are kept: issues are created in the order of their numbers, missing numbers are held by fillers that are deleted at the end.',
  ],
  [
    'Data of apps',
    'Each app moves by a way of its own, which is told above by app. Of one that has none, the vendor may know more.',
  ],
]
