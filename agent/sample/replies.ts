import type { Gaps } from './texts.ts'

/** Comments, as people write them below an issue. */
export const replies: readonly ((g: Gaps) => string)[] = [
  (g) => `I can reproduce it with ${g.number} payouts, not with fewer.`,
  (g) =>
    `[~${g.person}] could you have a look? It smells like the change in {{${g.service}}} from last week.`,
  (g) =>
    `Talked to ${g.bank}: they confirm a *${g.amount} ${g.currency}* booking on their side.\n\n* reference KP-${g.number}\n* value date yesterday`,
  () => 'Fixed on master, please test on staging.',
  (g) => `{code}\n$ kubectl logs ${g.service}-7d9f -n pay | grep -c timeout\n${g.number}\n{code}`,
  () => 'Same here. +1',
  (g) =>
    `{quote}who carries the risk until settlement?{quote}\nWe do, see the contract with ${g.bank}, §${(g.number % 20) + 1}.`,
  () => 'Works for me (/) closing.',
  (g) => `Moved to the next sprint; [~${g.other}] is on holiday.`,
  () => 'Screenshot attached: !after-fix.png|width=300!',
  (g) => `||before||after||\n|${g.number * 12} ms|{color:green}${g.number} ms{color}|`,
  () => 'Do we have a test for this? If not, please write one before closing.',
  (g) =>
    `Customer called again. I promised an answer by Friday.\r\nTheir ticket: https://support.kestrelpay.example/t/${g.number * 1_003}`,
  () => 'See also http://wiki.kestrelpay.example/display/PAY/Cut-off+times and the mail of Monday.',
]
