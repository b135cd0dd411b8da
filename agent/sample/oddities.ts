/** Issues as they happen in real sources and break tools. Each is set into a project as its own issue. */
export interface Oddity {
  summary: string
  description: string | null
  environment?: string
  labels?: string[]
  comments?: { body: string; author?: 'gone' | 'nobody' | 'robot'; role?: string; group?: string }[]
  missingFile?: boolean
}

const clause =
  'The parties agree that the settlement of a transaction is final on the value date, and that a claim which is not raised within thirteen months lapses, whatever its cause.'

/** About 45,000 characters: more than the 32,767 that Jira Cloud takes in one field. */
const contract = Array.from({ length: 240 }, (_, i) => `*§ ${i + 1}* ${clause}`).join('\n\n')

export const oddities: readonly Oddity[] = [
  {
    summary: 'Full text of the framework contract with the partner banks',
    description: contract,
    comments: [{ body: 'Legal wants it here, not as a file. Sorry.' }],
  },
  {
    summary: `Shopper sees "&lt;b&gt;Thank you&lt;/b&gt;" and the page says <script>alert('paid')</script> after paying with a very long order description that nobody ever tested, because all of our test shops sell exactly one thing with a short name, and so the summary of this issue is longer than a summary may be`,
    description: `The description is not escaped: <script>alert("paid")</script> & <img src=x onerror=alert(1)>\n\nUse \\{braces\\} and a C:\\temp\\file to test.`,
  },
  {
    summary: 'الدفع بالبطاقة لا يعمل في المتجر',
    description:
      'عند الضغط على زر *الدفع* لا يحدث شيء.\n\n* المتصفح: {{Safari}}\n* المبلغ: 120.00 SAR\n\nשלום, same in Hebrew.',
    labels: ['عربي', 'i18n'],
  },
  {
    summary: '🦊 Emoji in order names break the receipt printer 🧾👨‍👩‍👧',
    description:
      'Family emoji 👨‍👩‍👧, flag 🇸🇪, skin tone 👍🏽: the printer stops in the middle of the receipt.\n\n:) :( (y) (!) (*) (on)',
    environment: 'Printer: Star TSP143 🖨\nFirmware 2.1\n\n*not markup here*',
  },
  {
    summary: 'Chargeback statistics for the risk committee',
    description: '{panel:title=Confidential}Numbers only in the comments.{panel}',
    comments: [
      { body: 'Chargeback rate 0.41 %, threshold of the scheme is *0.9 %*.', role: '10100' },
      { body: 'Two merchants account for half of it.', group: 'risk-office' },
      { body: 'Visible to everybody: meeting is on Thursday.' },
    ],
  },
  {
    summary: 'Imported from the old tracker: nobody knows who wrote this',
    description: 'h1. Old text\n[~oleg] and [~somebody.unknown] discussed it with [~amara].',
    comments: [
      { body: 'I left this for my successor. -- Oleg', author: 'gone' },
      { body: 'Anonymous comment from the public form.', author: 'nobody' },
      {
        body: 'Build #4711 *failed* on master\n{noformat}\n37 tests, 2 failures\n{noformat}',
        author: 'robot',
      },
    ],
    missingFile: true,
  },
  {
    summary: 'Nested markup from the mail handler',
    description: `* one\n** two\n*** three with {{code}} and [link|https://kestrelpay.example/?a=1&b=2|tip]\n# mixed\n#* lists\n\n|cell with *bold* and a\nline break|{code}x = [1, 2]{code}|\n\n{panel}{quote}quoted in a panel{quote}{panel}\n\n{code:xml}<a>unclosed\n\n{color:red}red without end\n\n|| broken | table ||\n!picture with spaces.png|thumbnail!\n[^missing file.pdf] [#anchor] [mailto:help@kestrelpay.example]\n{toc} {unknown-macro:x=1}body{unknown-macro}`,
  },
  {
    summary: 'Empty description, but eleven watchers and a due date',
    description: '',
    labels: ['q3', 'follow-up'],
  },
]
