import { menu, type Trouble } from './trouble.ts'

const later =
  'After a run copy the migration and choose to move only attachments at the step Scope: they are added to the issues that are there.'

/** Custom fields and their values, and the files of issues. */
export const fieldTroubles: readonly Trouble[] = [
  {
    code: 'field-type',
    also: ['field-types', 'app-fields'],
    title: 'The site has no field of this type',
    happened: 'The field and its values are left out; they stay in the snapshot.',
    why: 'An app brought the type, or Jira Cloud does not have it.',
    mend: [
      'Move the values with their app: tab Apps.',
      'Or ask the vendor how its Cloud app takes them over.',
    ],
    again: 'after mending',
  },
  {
    code: 'context-wider',
    also: ['contexts-merged', 'option-enabled', 'option-dropped', 'duplicate-fields'],
    title: 'A field is offered otherwise than at the source',
    happened:
      'More projects have the field, its lists of options became one, or a disabled option is on or gone.',
    why: 'One field is made for all contexts of the source, with the options that issues use.',
    mend: [
      `Set contexts and options after the run: ${menu.fields} > ••• > Contexts and default value.`,
    ],
    again: 'no',
  },
  {
    code: 'too-many-options',
    also: ['site-limits'],
    title: 'More than the site takes',
    happened: 'A limit of the site is reached: options of a field, fields, issue types or users.',
    why: 'Jira Cloud limits them; the sentence names the number.',
    mend: ['Tidy it at the source: remove options and fields that nobody uses, and read it again.'],
    again: 'after mending',
  },
  {
    code: 'second-value',
    also: ['no-number', 'other-project'],
    title: 'A value does not fit its field',
    happened: 'The value, or the second of several, is left out.',
    why: 'The field of the site holds one value, a number, or a version of the same project.',
    mend: ['Set the value by hand on the site, or correct it at the source and read it again.'],
    again: 'after mending',
  },
]

/** Attachments. */
export const fileTroubles: readonly Trouble[] = [
  {
    code: 'file-missing',
    also: ['files-missing', 'no-attachments-folder'],
    title: 'The file of an attachment is missing',
    happened: 'The source knows the attachment, and the folder has no file for it. It is left out.',
    why: 'No folder was given, it is not the right or whole one, or it is of another day than the backup.',
    mend: [
      'Give data/attachments of Jira’s home, copied on the day of the backup: Edit > Source.',
      later,
    ],
    again: 'after mending',
  },
  {
    code: 'file-too-large',
    also: ['files-too-large'],
    title: 'A file is larger than the site takes',
    happened: 'It is left out.',
    why: 'A site has a limit for each attachment.',
    mend: [`Raise it: ${menu.attachments} > Edit settings.`, later],
    again: 'after mending',
  },
  {
    code: 'file-there',
    title: 'The file is on the issue already',
    happened: 'A file of this name and size is there, and is not sent a second time.',
    why: 'It was moved before, or added by hand.',
    mend: ['Nothing to do.'],
    again: 'no',
  },
  {
    code: 'size-differs',
    title: 'The file has another size than the source says',
    happened: 'It moves as it lies in the folder.',
    why: 'It was changed on the disk, or folder and backup are of different days.',
    mend: ['Open it at the source and on the site, and attach the right one where they differ.'],
    again: 'no',
  },
  {
    code: 'files-without-rows',
    title: 'Files that no attachment speaks of',
    happened: 'The folder has files that belong to no attachment of the source; they do not move.',
    why: 'They are left from deleted issues; many of them mean that folder and backup are of different days.',
    mend: ['Compare the dates of folder and backup.'],
    again: 'no',
  },
  {
    code: 'file-unreadable',
    says: ['does not give it out'],
    title: 'The site lists a file and does not give it out',
    happened: 'The attachment is on the issue, and opening it fails.',
    why: 'Its upload broke off at the site, a virus scan holds it back, or the site was busy.',
    mend: [
      'Open the file on the issue.',
      'If it fails there too, delete it and repair it in Needs attention, or run the migration again.',
    ],
    again: 'yes',
  },
  {
    code: 'bytes-not-compared',
    title: 'Only name and size of a file were compared',
    happened: 'The source has no bytes to compare with.',
    why: 'The verification was given a backup without its attachments folder.',
    mend: ['Give data/attachments of Jira’s home: Edit > Source; then verify again.'],
    again: 'after mending',
  },
  {
    code: 'attachments',
    title: 'Attachments are missing, different or do not open',
    happened: 'The check after the migration compared each file with the source.',
    why: 'An upload broke off, or somebody deleted or replaced a file.',
    mend: [
      'Attach the original again: from the drawer on the issue, or by running the migration again.',
    ],
    again: 'after mending',
  },
]

/** Filters, boards, sprints and dashboards. */
export const filterTroubles: readonly Trouble[] = [
  {
    code: 'jql-unreadable',
    also: [
      'filter-xml',
      'jql-field',
      'jql-function',
      'jql-names-what-stays',
      'jql-sprint',
      'jql-names',
      'filters',
    ],
    title: 'The JQL asks for what the site does not have',
    happened: 'The filter or board is left out, or it is there and finds nothing.',
    why: 'Its JQL cannot be read, or names a field, function, project, sprint or value that does not move.',
    mend: [
      'Open the filter, correct its JQL, and save it: at the source before the run, or on the site.',
      'Or move what it names: Edit > Scope.',
    ],
    again: 'after mending',
  },
  {
    code: 'jql-history',
    also: ['jql-times', 'jql-epic'],
    title: 'The JQL means something else on the site',
    happened: 'The filter moves, and finds other issues than at the source.',
    why: 'Created dates and histories begin with the migration; an epic is the parent of its issues.',
    mend: ['Look at what it finds, and ask for a custom date field or the parent instead.'],
    again: 'no',
  },
  {
    code: 'share-lost',
    also: ['share-narrowed', 'filter-owner', 'dashboard-owner'],
    title: 'A filter or dashboard has another owner or is shared with fewer',
    happened: 'The account of the token owns it; its description says whose it was.',
    why: 'The API makes them for the account that asks; nothing is ever shared with the whole web.',
    mend: [
      'Give it back: Filters > View all filters > ••• > Change owner (dashboards likewise).',
      'Share it again with those who need it.',
    ],
    again: 'no',
  },
  {
    code: 'kept-jql',
    also: [
      'kept-description',
      'kept-owner',
      'kept-shares',
      'kept-editors',
      'kept-gadgets',
      'kept-of-several',
      'owned-names',
    ],
    title: 'The site’s filter or dashboard is used, and differs from the source’s',
    happened:
      'No second one was made. Boards, gadgets and JQL that named the source’s name the site’s, which was left as it was.',
    why: 'So it was decided at the step Name conflicts; a name says nothing of what a filter finds.',
    mend: [
      'Compare the two JQLs that are told: where issues are missed, correct the filter on the site.',
      'Or choose to rename at the step Name conflicts, before a first run: then the source’s comes beside it.',
    ],
    again: 'no',
  },
  {
    code: 'kept-gone',
    title: 'The filter or dashboard that was to be used is gone',
    happened: 'It was there when this was planned. Nothing was made in its place.',
    why: 'Somebody deleted it, or shares it no longer with the account of the token.',
    mend: ['Restore it, or share it with that account; then run the migration again.'],
    again: 'after mending',
  },
  {
    code: 'board-setup',
    also: ['board-without-sprints', 'sprints-and-boards'],
    title: 'A board begins with the standard columns',
    happened: 'Columns, swimlanes, quick filters, colours and estimation are not moved.',
    why: 'The API has no way to write them.',
    mend: ['Set them on the site: Board > ••• > Configure board.'],
    again: 'no',
  },
  {
    code: 'sprint-without-dates',
    also: ['sprint-completed', 'sprint-of-subtask', 'second-open-sprint', 'parallel-sprints'],
    title: 'A sprint is not quite as it was',
    happened: 'It is not started, has another end, or an issue is not in it.',
    why: 'The site starts no sprint without dates, says that it ended when the migration ran, and has each issue in one open sprint.',
    mend: [
      'Correct it in the backlog of the board.',
      'Parallel sprints: Settings (cog icon) > Products > Jira configuration.',
    ],
    again: 'no',
  },
  {
    code: 'gadget-not-there',
    also: ['gadget-settings', 'gadgets-many', 'dashboard-layout', 'dashboards'],
    title: 'A dashboard lacks gadgets or its layout',
    happened: 'Some gadgets stay behind or have to be set anew.',
    why: 'The site has no such gadget, takes no more on one dashboard, or what the gadget shows does not move.',
    mend: ['Open the dashboard on the site > Edit, and add or set the gadget.'],
    again: 'no',
  },
]
