import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Kind, SiteFacts } from '../../shared/plan.ts'
import { createMarkup } from '../markup.ts'
import { neededFromSite, planAll } from '../plan/plan.ts'
import { createFileFinder } from '../source/backup/attachment-files.ts'
import { withSnapshot } from './inspect.ts'
import { one } from './options.ts'
import { createOutput, table } from './output.ts'

interface Announced {
  what: 'loss' | 'left out'
  code: string
  kind: string
  items: number
  text: string
  example: string
}

/** check BACKUP: plans against an empty site and says, before anything is written, what will not survive and why. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      attachments: { type: 'string' },
      'time-zone': { type: 'string' },
      projects: { type: 'string' },
    },
  })
  const output = createOutput(values.json ?? false)
  const backup = one(positionals, 'backup', 'check')
  const attachments =
    values.attachments && existsSync(values.attachments) ? values.attachments : null
  await withSnapshot(backup, values['time-zone'] ?? null, async (snapshot) => {
    const options = {
      projects: values.projects?.split(',') ?? null,
      timeZone: values['time-zone'] ?? null,
      findFile: attachments ? createFileFinder(attachments) : null,
    }
    const announced = new Map<string, Announced>()
    const planned: Partial<Record<string, number>> = {}
    const markup = createMarkup()
    const tell = (
      what: Announced['what'],
      kind: string,
      reason: { code: string; text: string },
      example: string,
    ) => {
      const key = `${what} ${kind} ${reason.code}`
      const known = announced.get(key)
      if (known) known.items += 1
      else
        announced.set(key, { what, kind, code: reason.code, text: reason.text, items: 1, example })
    }
    try {
      for await (const item of planAll(
        snapshot,
        emptySite(neededFromSite(snapshot, options).emails),
        options,
        markup.toAdf,
      )) {
        if (item.leftOut) tell('left out', item.kind, item.leftOut, item.label)
        else planned[item.kind as Kind] = (planned[item.kind as Kind] ?? 0) + 1
        for (const loss of item.losses) tell('loss', item.kind, loss, item.label)
      }
    } finally {
      await markup.close()
    }
    const rows = [...announced.values()].sort((a, b) => b.items - a.items)
    const text = rows.map((row) => [
      `${row.items.toLocaleString('en')} x ${row.kind}`,
      row.what,
      row.text,
    ])
    output.result(
      { planned, announced: rows },
      rows.length
        ? table([['', '', 'what will not survive, and why'], ...text])
        : 'Everything in this backup can be moved as it is.',
    )
  })
  return 0
}

/** A fresh site on which every person of the source has an account: what is announced then is the source's own. */
function emptySite(emails: Iterable<string>): SiteFacts {
  const accounts: SiteFacts['accounts'] = {}
  for (const email of emails)
    accounts[email.toLowerCase()] = {
      accountId: `check:${email.toLowerCase()}`,
      displayName: email,
      email,
    }
  return {
    url: 'https://check.invalid',
    cloudId: '',
    me: { accountId: 'check:me', displayName: 'You' },
    accounts,
    issueTypes: [],
    statuses: [],
    priorities: [],
    resolutions: [],
    linkTypes: [],
    projects: [],
    roles: [],
    groups: [],
    // Jira Cloud's default limit for one file; the site's own is asked before a real plan.
    uploadLimit: 1024 ** 3,
  }
}
