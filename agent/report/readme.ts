import { phases } from '../../shared/plan.ts'
import type { Facts } from './facts.ts'

const errorsForm = `one line a warning, an error, and an item that failed or is different, by time:
  yyyy-MM-dd HH:mm:ss.SSS LEVEL PROJECTKEY phase message
  yyyy-MM-dd HH:mm:ss.SSS when, in UTC; of an item, when it came to its verdict
  LEVEL                  ERROR: something did not arrive, or a run could not go on; WARN: look at it
                         (also an item that was read back different); INFO: only where there is nothing
  PROJECTKEY             the project; "-" where no one project is meant
  phase                  where it happened: ${[...phases, 'verify'].join(', ')} for items (verify: read
                         back); start, read, plan, check, apps, after, repair, report, end for the run
  message                what happened, to its line's end; of an item its kind, name, id of the source
                         and verdict, why, and what to do; at the end in brackets the code under which
                         the troubleshooting guide explains it
A run without any of these has one line, which says so.`

const numbers = `  source                 how many the source has: the sum of the next ones, without verifiedWithLoss
  verified, verifiedWithLoss, different, leftOut, failed
                         as above
  onTheWay               still without a verdict; 0 once a run is over`

/** What each file of the report is, and each of its columns: a file's name begins its part, two spaces a column. */
export const readmeText = (
  facts: Facts,
): string => `Landfall report: ${oneLine(facts.migration.name)}
Written ${new Date(facts.writtenAt).toISOString()}. All times are UTC. All text is UTF-8.

Every item of the source ends as exactly one of
  verified    read back from the site and equal to what the plan promised
  different   read back, and not equal; the difference is shown
  leftOut     not moved, with the reason, known before the run
  failed      did not arrive, with the cause
verifiedWithLoss is part of verified: equal to the promise, and the plan had announced a loss.
source = verified + different + leftOut + failed + onTheWay; onTheWay is 0 once a run is over.

In CSV files for spreadsheets a cell that would be taken for a formula starts with an apostrophe.
Marks that turn the writing direction, and control characters, stand as \ufffd in all files for people.

report.html              for reading and printing; no other file is needed for it

pre-report.html          the report before the run, as it was when the run was planned; not there where
                         nothing was planned, as in a verification

summary.csv              one line a kind
  kind                   issue, comment, attachment, ...
${numbers}

summary-by-project.csv   one line a project and kind
  project, projectName   empty: what belongs to no one project
  kind                   as in summary.csv
${numbers}

requires-attention.csv   one line a cause, the gravest first (UTF-8 with a byte order mark, for Excel)
  Problem                what happened; "For one of them:" where it is told otherwise for others
  Kind, Verdict, Items   what it happened to, how it ended, how many
  Items that need them   how many others failed because these are not there; the cause is mended for all
  What to do             the way on
  Trying again alone can help
                         yes: run the migration again without changing anything; no: first do what stands
                         under What to do, then run it again; nothing is written twice
  Example                one of the items
  Code                   the same cause has the same code in every report
  Accepted by            who lives with it: such a cause needs no attention any more
  Accepted because       why

items.csv                one line an item of the source
  kind, sourceId         the item; ids are the source's own
  siteId                 its id on the site, empty when it has none
  label                  what a person recognises it by
  project, issue         where it belongs
  verdict                verified, different, leftOut or failed; empty while it is on its way
  announcedLosses        code: text, told before the run
  differences            field: promised -> found (with an arrow)
  reasonCode, reason     why it was left out, differs or failed
  hint                   what to do

mappings.csv             one line a person, group, issue type, status, priority, resolution, link type,
                         custom field, project role, project category and filter, as the plan decided it
                         (byte order mark, for Excel)
  kind, sourceId, sourceName
                         what of the source
  how                    people: by e-mail address, by choice, placeholder, kept as text (no account: the name
                         stands in texts, the user is left out) or left out; names: used as the site has it, new, renamed or left out
  siteName, siteId       what it becomes: the name on the site; of people with the account's id
  why                    why it is left out, or what it does not keep

apps.csv                 one line an app of the source with data (UTF-8 with a byte order mark, for Excel)
  app, key               its name, and the key by which every command knows it
  path                   how its data moves; empty: there is no automated path
  decision               needed, archive, not needed or undecided
  status                 ready, in progress, success, incomplete, failed, timed out, canceling, canceled
  percent                how far it is
  items                  rows of the source; they are no part of the numbers of the other files
  verified, different, left out, failed
                         what became of them: items is their sum once the app migration is over
  first start            of all its starts; it can be run again for 12 days from then on
  last update, message   what was last heard of it

after-checks.csv         one line a check after the migration that was asked (byte order mark, for Excel)
  Check, Group, Status   success, warning, error, or incomplete where it could not be asked to its end
  What was found, What to do
  Places                 in how many places; each is a line of after-places.csv
  Asked                  when
  Accepted by, Accepted because
                         who lives with it, and why
  Code                   the key by which every command knows it

after-places.csv         one line a place where a check found something (byte order mark, for Excel)
  Check, Where, Project, Issue, About it
  Address                opens it on the site; empty where there is no page for it
  Code                   as in after-checks.csv

checklist.csv            one line a project and entry of its checklist, and one for its sign-off (as above)
  Project, Name, Entry
  Done                   yes or no
  How                    by check: a check answers it; by hand: somebody ticked it
  Who, When, Note        empty where nobody said anything; for a sign-off that is missing, or older than
                         what was found since, the note says so

repairs.csv              one line a field that was put right on the site afterwards (UTF-8 with a byte order mark)
  n, kind, item, issue   the repair, and of what
  field, before, after   what stood on the site, and what was written
  state                  verified: read back and equal; failed, with the problem; undone
  through                agent: its token; page: the login of a person on a page of the site
  who, when              who asked for it
  undone by, undone when
                         who took it back
  problem                why it failed, or could not be undone

id-mappings.csv          which item became which; lines end with LF, values are as they are
  entityType             as in the export of Atlassian's assistant: jira:issue, jira/classic:project, ...
                         identity:user, identity:group, jira:worklog, jira:attachment and jira:remoteLink
                         are Landfall's choice where that export has no known name
  serverId               the source's id; people as jira.userkey/KEY
  cloudId                the site's id

strangers.csv            what the site has and the source has not, seen where another program's migration
                         was verified; no number counts these
  kind, site id          what it is, and its id on the site
  project, issue         where it is
  what                   what a person recognises it by

errors.log               ${errorsForm}

run.json                 the whole run for scripts
  product, format        landfall, 1
  migration              id, name, status, activity, stage, mode (move, verify), reason, problem, source (kind,
                         version), site (kind, url), scope
  counts, totals         the numbers above, by kind and in all
  keysPreserved          whether every issue that was moved was read back under the key it had
  projects               key, name and counts of each
  findings               the lines of requires-attention.csv, with code, verdict, kind, text, hint, items,
                         accepted, again, example, varies and cause
  announcedLosses        code, kind, text, varies, items
  apps                   the lines of apps.csv
  times                  createdAt, startedAt, finishedAt, workedSeconds, writtenAt; ISO, null where not yet
  runs, requests         how many runs, and requests to the site in all of them
  changed                a number that rises with each change of the migration: a report is about one of them
  zip, files             the name of this zip, and of what is in it
`

/** The same for the error log alone, in a zip of its own. */
export const errorsReadme = (
  name: string,
  now: number,
): string => `Landfall error log: ${oneLine(name)}
Written ${new Date(now).toISOString()}. All text is UTF-8.

errors.log               ${errorsForm}

The same, grouped by cause, stands in the migration under "Needs attention", and in
requires-attention.csv of the report.
`

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ')
