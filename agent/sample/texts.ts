import type { SamplePerson } from './people.ts'
import type { Random } from './random.ts'

/** What stands in the gaps of a text, drawn anew for each issue. */
interface Gaps {
  service: string
  bank: string
  merchant: string
  amount: string
  currency: string
  person: string
  other: string
  number: number
}

const services = [
  'settlement-service',
  'card-gateway',
  'ledger',
  'payout-scheduler',
  'fraud-rules',
  'webhook-relay',
  'fx-rates',
  'wallet-api',
]
const banks = [
  'Nordhaven Bank',
  'Banco Atlântico',
  'Kinabalu Trust',
  'Crédit du Lac',
  'First Prairie',
]
const merchants = [
  'Blue Fern Books',
  'Café Zanzibar',
  'Trailhead Outdoor',
  'Otto & Söhne',
  'Lumière Optique',
  'Nine Lives Pet Supply',
]

export function drawGaps(random: Random, people: readonly SamplePerson[]): Gaps {
  return {
    service: random.pick(services),
    bank: random.pick(banks),
    merchant: random.pick(merchants),
    amount: `${random.below(9_000) + 10}.${String(random.below(100)).padStart(2, '0')}`,
    currency: random.pick(['EUR', 'SEK', 'GBP', 'USD', 'JPY']),
    person: random.pick(people).username,
    other: random.pick(people).username,
    number: random.below(90) + 3,
  }
}

type Story = { summary: (g: Gaps) => string; description: (g: Gaps) => string | null }

export const bugs: readonly Story[] = [
  {
    summary: (g) => `Payout to ${g.merchant} is sent twice when ${g.service} restarts`,
    description: (g) => `h2. What happens
The payout of *${g.amount} ${g.currency}* to ${g.merchant} left twice on Tuesday. ${g.service} was restarted in between.

h2. Steps
# Start a payout run with more than ${g.number} payouts
# Restart {{${g.service}}} while the run is going
# Look at the outgoing file for ${g.bank}

h2. Expected
One line for each payout. We have an idempotency key, so why is it not used?

{code:java}
if (payout.getState() == State.SENT) {
    log.warn("already sent {}", payout.getId());
    return;
}
bank.send(payout); // no key here
{code}

[~${g.person}] wrote the original code, [~${g.other}] has the logs.`,
  },
  {
    summary: (g) => `${g.service}: timeout of ${g.bank} is booked as "declined"`,
    description: (
      g,
    ) => `When ${g.bank} does not answer within ${g.number} s we tell the shopper that the card was declined. It was not: the bank books it later and the money is gone.

||Step||Bank||We||
|authorise|no answer|timeout|
|10 s later|*approved*|-declined- {color:red}wrong{color}|
|settlement|${g.amount} ${g.currency}|0.00 ${g.currency}|

{panel:title=Workaround|borderStyle=dashed|bgColor=#FFFFCE}
Support refunds by hand, see [the runbook|https://wiki.kestrelpay.example/runbooks/late-approval].
{panel}

!timeline.png|thumbnail!`,
  },
  {
    summary: (g) => `Rounding of ${g.currency} in the daily report is off by one cent`,
    description: (
      g,
    ) => `The report sums *after* rounding, the ledger rounds *after* summing. For ${g.merchant} the two differ by 0.01 ${g.currency} on ${g.number} of 365 days.

bq. "We cannot close the month like this." (their accountant, politely)

* report: {{sum(round(x))}}
* ledger: {{round(sum(x))}}
** the contract says the ledger is right
** see also ??Accounting handbook??, chapter 4

----
Found with this query:
{noformat}
select day, sum(amount) - ledger_total from daily where merchant = '${g.merchant}' having abs(1) > 0.005;
{noformat}`,
  },
  {
    summary: () => `Wallet shows the balance of the previous user after switching accounts`,
    description: (
      g,
    ) => `On Android ${(g.number % 5) + 10} only. Log out, log in as somebody else, pull to refresh: for about a second the *old* balance is there (${g.amount} ${g.currency}).

{quote}
That second is enough for a screenshot and a ticket.
{quote}

(!) This is a data protection issue, please handle it as such. (x) Do not post customer names here.`,
  },
  {
    summary: () => `Webhook signature fails for bodies with characters outside Latin-1`,
    description: (
      g,
    ) => `${g.merchant} cannot verify our webhooks since they sell to Japan. The signature is computed over the wrong bytes:

{code:title=sign.py|borderStyle=solid}
body = json.dumps(event).encode("latin-1", "ignore")   # drops 日本語 and 🦊
return hmac.new(key, body, hashlib.sha256).hexdigest()
{code}

Should be {{utf-8}}. The event that failed had the description "請求書 🧾 №${g.number}".`,
  },
  {
    summary: (g) => `NullPointerException in ${g.service} on empty statement`,
    description: (g) => `{noformat}
java.lang.NullPointerException: Cannot invoke "Statement.lines()" because "s" is null
    at com.kestrelpay.${g.service.replace(/-/g, '.')}.Parser.parse(Parser.java:${g.number})
    at com.kestrelpay.${g.service.replace(/-/g, '.')}.Job.run(Job.java:41)
{noformat}
${g.bank} sends an empty file on bank holidays.`,
  },
  { summary: () => `Typo on the receipt: "Recieved with thanks"`, description: () => null },
]

export const stories: readonly Story[] = [
  {
    summary: (g) => `Pay out to ${g.bank} on the same day`,
    description: (
      g,
    ) => `As a merchant I want my money on the day of the sale, so that I can pay my suppliers.

h3. Acceptance
* cut-off at 15:00 local time (/)
* the fee of ${g.number / 100} % is shown before confirming (/)
* works for all currencies but JPY (x)

h3. Open questions
|| Question || Who || Answer ||
| Who carries the risk until settlement? | [~${g.person}] | _open_ |
| Does ${g.bank} take ISO 20022? | [~${g.other}] | yes, {{pain.001.001.09}} |`,
  },
  {
    summary: () => `Let merchants download settlements as CSV`,
    description: (g) => `One row a transaction, the columns that ${g.merchant} asked for:

{csv}
date;order;gross;fee;net
{csv}

+Must+ open in Excel with a double click (BOM, semicolon). See the example attached and [^settlement-example.csv].`,
  },
  {
    summary: (g) => `Strong customer authentication for payments over ${g.number} ${g.currency}`,
    description: (g) => `PSD2, RTS article ${(g.number % 30) + 1}. Exemptions:
# low value (below 30 EUR)
# trusted beneficiary
## only after the shopper confirmed it
## not for the first payment
# recurring with the same amount

{info:title=Legal}
Text reviewed by the risk office on 4 March. Do not change it without [~${g.person}].
{info}
{warning}The exemption engine must be {color:#14892c}*fail-safe*{color}: when in doubt, ask.{warning}`,
  },
  {
    summary: () => `Show the exchange rate before the shopper confirms`,
    description: (
      g,
    ) => `Rate, margin and total, e.g. ??${g.amount} USD = 1 ${g.currency}^*^??. The rate is valid for ${g.number} seconds~1~.

~1~ measured on our clock, not on the phone's.`,
  },
  {
    summary: () => `Merchant dashboard: filter by terminal`,
    description: (g) =>
      `${g.merchant} has ${g.number} terminals and scrolls a lot.\r\n\r\nA drop-down with search is enough.`,
  },
]

export const chores: readonly Story[] = [
  {
    summary: (g) => `Renew the certificate for ${g.bank} before the end of the month`,
    description: (g) =>
      `Serial {{4F:1${g.number}:A9}}, expires in ${g.number} days.\n\n# create the request\n# send it to the bank (they need *5 working days*)\n# install on both nodes\n# tell [~${g.person}]`,
  },
  {
    summary: (g) => `Upgrade ${g.service} to Java 17`,
    description: (g) => `Blocked by the old HSM driver. Ask [~${g.other}] for the new one.`,
  },
  {
    summary: () => 'Restore drill: bring the ledger back from last night’s backup',
    description: (g) =>
      `Goal: under ${g.number} minutes.\n\n|| Phase || Minutes ||\n| fetch | 12 |\n| restore | 31 |\n| replay | 9 |\n\nLast time we forgot the sequences.`,
  },
  {
    summary: (g) => `Alert when ${g.service} is more than ${g.number} minutes behind`,
    description: () =>
      `{code:sql}\nselect max(now() - booked_at) from outbox where sent_at is null;\n{code}\nPage the person on call, not the whole team.`,
  },
  {
    summary: (g) => `Remove the access of the former contractor from ${g.bank}'s portal`,
    description: () => null,
  },
]

export type { Gaps, Story }
