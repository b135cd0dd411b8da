import * as v from 'valibot'
import { type ItemView, type VerdictView, VerdictViewSchema } from '../../shared/api.ts'
import {
  type HistoryPage,
  HistoryPageSchema,
  type OriginalView,
  OriginalViewSchema,
} from '../../shared/api-pages.ts'
import type { AdfNode } from '../../shared/plan.ts'

/** What the fake agent answers about the issues of project OVR, one for each state of the overlay. */
interface Told {
  status: number
  body: unknown
}
type Original = NonNullable<OriginalView['original']>

/** All that somebody who means harm writes into a field; window.harmed is what it would leave behind. */
export const hostileText = [
  '<script>window.harmed="script"</script>',
  '<img src=x onerror="window.harmed=1">',
  '<style>body{display:none !important}</style>',
  '<iframe src="javascript:parent.harmed=1"></iframe>',
  '<svg onload="window.harmed=2"><animate onbegin="window.harmed=3"></svg>',
  '</section></div><h1>escaped</h1>',
  '{{constructor.constructor("window.harmed=4")()}}',
  '\u202emoc.live\u202c \u0000\u0007 \ud83d\ude00 שלום',
].join('\n')
const big = 'long words of a text that does not end, '.repeat(26_000)

const text = (words: string, href?: string): AdfNode => ({
  type: 'text',
  text: words,
  ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href } }] }),
})
const block = (type: string, ...content: AdfNode[]): AdfNode => ({ type, content })

/** Every kind of node, and what no document of Jira has. */
const hostileDoc: AdfNode[] = [
  block('heading', text('Steps')),
  block('paragraph', text(hostileText)),
  block(
    'paragraph',
    text('runs', 'javascript:window.harmed=5'),
    text(' data ', 'data:text/html,<script>parent.harmed=6</script>'),
    text(' here ', '/rest/api/3/issue/OVR-1'),
    text(' a site ', 'https://example.com/?a=1&b=2'),
    text(' mail', 'mailto:anna@example.com'),
  ),
  { type: 'script', content: [text('window.harmed=7')] },
  { type: 'iframe', attrs: { src: 'javascript:parent.harmed=8' }, content: [text('framed')] },
  { type: 'media', attrs: { alt: 'screen.png', url: 'https://evil.example/pixel.png' } },
  { type: 'extension', attrs: { text: 'macro', srcdoc: '<b>x</b>' } },
  { type: 'inlineCard', attrs: { url: 'javascript:window.harmed=9' } },
  {
    type: 'paragraph',
    attrs: { dangerouslySetInnerHTML: { __html: '<img src=x onerror=window.harmed=10>' } },
    content: [{ type: 'text', text: 'plain', marks: [{ type: 'script', attrs: {} }] }],
  },
  block(
    'bulletList',
    block('listItem', block('paragraph', text('one'))),
    block('listItem', block('paragraph', text('two'))),
  ),
  block('codeBlock', text('if (a < b) { return }')),
  block(
    'table',
    block('tableRow', block('tableHeader', text('Name')), block('tableCell', text('Value'))),
  ),
]

const item = (change: Partial<ItemView>): ItemView => ({
  seq: 1,
  kind: 'issue',
  sourceId: '10001',
  siteId: '20001',
  label: 'OVR-1 Card is refused',
  projectKey: 'OVR',
  issueKey: 'OVR-1',
  verdict: 'verified',
  losses: [],
  differences: [],
  reason: null,
  hint: null,
  ...change,
})
const migration = { id: 'legacy', name: 'Legacy apps' }

const described = (word: string) =>
  `When a customer pays with a card at the till, the terminal ${word} and the receipt is printed twice. Restarting the terminal helps until the next day.`

const hostileItem = item({
  verdict: 'different',
  label: hostileText,
  differences: [
    { field: hostileText, promised: hostileText, found: `${hostileText} changed` },
    { field: 'description', promised: big, found: `${big} more` },
  ],
  reason: { code: 'x', text: hostileText },
  hint: hostileText,
  losses: [{ code: 'y', text: hostileText }],
})

const verdicts: Record<string, Partial<VerdictView>> = {
  'OVR-1': {
    verdict: 'different',
    items: [
      item({
        verdict: 'different',
        differences: [
          { field: 'description', promised: described('shows E17'), found: described('shows E71') },
          { field: 'priority', promised: 'Blocker', found: '' },
          { field: 'labels', promised: 'till payment', found: 'payment' },
        ],
      }),
      item({
        seq: 2,
        kind: 'attachment',
        label: 'receipt.pdf',
        verdict: 'different',
        differences: [{ field: 'content', promised: '48,213 bytes', found: '0 bytes' }],
      }),
      item({
        seq: 3,
        kind: 'history',
        verdict: 'leftOut',
        reason: { code: 'history', text: 'The site takes no history from outside.' },
      }),
      item({ seq: 4, kind: 'comment' }),
    ],
  },
  'OVR-2': { verdict: 'different', items: [hostileItem] },
  'OVR-3': { migration: null, verdict: null, inProjectOf: migration },
  'OVR-4': {
    verdict: 'failed',
    items: [
      item({ label: 'OVR-4 Print twice' }),
      ...['receipt.pdf', 'log.txt'].map((label, n) =>
        item({
          seq: 5 + n,
          kind: 'attachment',
          label,
          verdict: 'failed',
          siteId: null,
          reason: { code: 'file-missing', text: 'The file was not in the attachments folder.' },
          hint: 'Put it there and run again.',
        }),
      ),
    ],
  },
}

/** Issues about which the agent has to say why it cannot tell. */
const problems: Record<string, Told> = {
  'OVR-401': refused(
    401,
    'not-paired',
    'This browser is not paired with the agent.',
    'Enter the pairing code that the agent printed.',
  ),
  'OVR-429': refused(
    503,
    'site-rate-limit',
    'The site limits requests until 14:05.',
    'Ask again then.',
  ),
  'OVR-500': refused(
    500,
    'snapshot-damaged',
    'The snapshot cannot be used: it is not whole.',
    'Read the source again.',
  ),
}

function refused(status: number, code: string, sentence: string, hint: string): Told {
  return { status, body: { problem: { code, sentence, hint, again: false } } }
}

/** The verdict on an issue of OVR; null for all others. */
export function overlayVerdict(query: URLSearchParams): Told | null {
  const issueKey = query.get('issue') ?? ''
  const own = verdicts[issueKey]
  if (!own) return problems[issueKey] ?? null
  const view = { migration, issueKey, verdict: null, withLoss: false, items: [], ...own }
  return { status: 200, body: v.parse(VerdictViewSchema, view) }
}

const made = { author: 'Anna Old', at: '2013-07-08T16:24:54.230+02:00' }
const original: Original = {
  summary: 'Card is refused at the till',
  descriptionText: `h2. What happens\n\n${described('shows E17')}\n\nSee https://jira.acme.com/browse/OVR-9 for the terminal.`,
  description: {
    type: 'doc',
    version: 1,
    content: [
      block('heading', text('What happens')),
      block('paragraph', text(described('shows E17'))),
      block('paragraph', text('See '), text('the terminal', 'https://jira.acme.com/browse/OVR-9')),
    ],
  },
  created: made.at,
  updated: made.at,
  fields: [
    { name: 'Type', value: 'Bug' },
    { name: 'Status', value: 'In progress' },
    { name: 'Priority', value: 'Blocker' },
    { name: 'Labels', value: 'till, payment' },
    { name: 'Reporter', value: 'Anna Old' },
    { name: 'Original estimate', value: '3 h 20 min' },
  ],
  comments: [
    { ...made, seq: 4, body: 'Seen again today in *Store 12*.', restrictedTo: null },
    {
      author: null,
      at: '2013-07-09T08:00:00.000+02:00',
      seq: null,
      body: 'Me too',
      restrictedTo: 'Developers',
    },
  ],
  commentsCount: 120,
  worklogs: [{ ...made, seq: null, seconds: 5400, comment: 'Swapped the terminal' }],
  worklogsCount: 1,
  files: [
    { ...made, seq: 2, filename: 'terminal.jpg', size: 48_213, verdict: 'verified', reason: null },
    {
      ...made,
      seq: 3,
      filename: 'receipt.pdf',
      size: 1_204_000,
      verdict: 'failed',
      reason: 'The file was not in the attachments folder. Put it there and run again.',
    },
  ],
  filesCount: 2,
  historyCount: 3,
  oldLinks: [
    {
      old: 'https://jira.acme.com/browse/OVR-9',
      url: 'https://acme.atlassian.net/browse/OVR-9',
      label: 'OVR-9 The terminal',
    },
    { old: 'https://jira.acme.com/secure/Dashboard.jspa', url: null, label: '' },
  ],
}
const harmful: Original = {
  ...original,
  summary: hostileText,
  descriptionText: `${hostileText}\n${'wiki '.repeat(19_000)}`,
  description: { type: 'doc', version: 1, content: hostileDoc },
  fields: [
    { name: hostileText, value: hostileText },
    { name: 'Long', value: big },
  ],
  comments: [
    { author: hostileText, at: hostileText, seq: 4, body: big, restrictedTo: hostileText },
  ],
  worklogs: [{ author: hostileText, at: null, seq: null, seconds: 60, comment: hostileText }],
  files: [
    { ...made, seq: 2, filename: hostileText, size: 1, verdict: 'failed', reason: hostileText },
  ],
  oldLinks: [
    { old: 'javascript:window.harmed=11', url: 'javascript:window.harmed=12', label: hostileText },
  ],
}

const change = (n: number, field: string, from: string, to: string) => ({
  n,
  ...made,
  items: [{ field, from, to }],
})
const changes = [
  change(1, 'status', 'Open', 'In progress'),
  { ...change(2, 'assignee', '', 'Bob New'), author: 'Carol' },
  change(3, 'description', described('shows E1'), described('shows E17')),
]

/** What the source held of an issue, and its history a change or two at a time; null for other addresses. */
export function overlayPage(path: string[], query: URLSearchParams): Told | null {
  const issueKey = query.get('issue') ?? ''
  const problem = problems[issueKey]
  if (problem) return problem
  const hostile = issueKey === 'OVR-2'
  const known = /^(OVR|PAY)-/.test(issueKey)
  if (path[1] === 'history') {
    const after = Number(query.get('after') ?? 0)
    const page: HistoryPage = hostile
      ? {
          changes: [
            {
              n: 1,
              author: hostileText,
              at: hostileText,
              items: [{ field: hostileText, from: hostileText, to: big.slice(0, 2000) }],
            },
          ],
          next: null,
        }
      : { changes: changes.slice(after, after + 2), next: after === 0 ? 2 : null }
    return { status: 200, body: v.parse(HistoryPageSchema, page) }
  }
  const held = issueKey === 'OVR-4' ? null : hostile ? harmful : original
  const view: OriginalView = {
    migration: known ? migration : null,
    issueKey,
    original: known ? held : null,
  }
  return { status: 200, body: v.parse(OriginalViewSchema, view) }
}
