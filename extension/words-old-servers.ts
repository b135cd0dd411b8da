/** Text of the options about pages of an old server. */
export const oldServerWords = {
  title: 'Pages of the old server',
  hint: 'On an issue or a project of this server a banner says where it is now. The browser asks you for leave to read its pages; removing the address gives that back.',
  label: 'Address of the old server',
  example: 'https://jira.acme.com',
  add: 'Add this server',
  remove: (address: string) => `Remove ${address}`,
  removeShort: 'Remove',
  none: 'No server is named.',
  refused: 'The browser was not given leave, so nothing was added.',
}

/** Of the line on a page of an old server. */
export const bannerWords = {
  title: (subject: string) => `${subject} has moved to Jira Cloud.`,
  open: (url: string) => `Open it there: ${url}`,
  onTheWay: 'It is still being moved.',
  close: 'Close',
  label: 'Landfall: where this page went',
}
