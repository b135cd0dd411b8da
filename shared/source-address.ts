import { Problem } from './problem.ts'

const hint = 'The address looks like https://jira.acme.com, or https://acme.com/jira.'

/** Pages of Jira whose address people paste; what stands before them is the context path. */
const pages =
  /\/(secure|browse|projects|issues|plugins|login\.jsp|rest|servicedesk|jira-software|default\.jsp)(\/|$|\?).*$/i

/**
 * The address of a Data Center as the client needs it: origin and context path, without a slash at its end.
 * People paste the address of a page. Plain http is taken: many stand in a network of their own without
 * encryption, and whoever gives the address is told. Throws a Problem usage.
 */
export function sourceAddress(given: string): URL {
  const words = given.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(words) ? words : `https://${words}`
  // Browsers take spaces in a host's name, and escape them.
  if (/\s/.test(words) || !URL.canParse(whole))
    throw new Problem('usage', `"${words.slice(0, 200)}" is not the address of a Jira.`, { hint })
  const url = new URL(whole)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Problem('usage', `A Jira is reached over https, not ${url.protocol}//.`, { hint })
  if (url.username || url.password)
    throw new Problem('usage', 'The address has a name or password in it.', {
      hint: 'Give the address alone; the token goes into its own field or file.',
    })
  if (/(^|\.)(atlassian\.net|jira\.com)$/i.test(url.hostname))
    throw new Problem('source-is-cloud', `${url.host} is a Jira Cloud site, not a Data Center.`, {
      hint: 'Landfall reads Jira Server and Data Center; to move between Cloud sites, use Atlassian’s cloud-to-cloud migration.',
    })
  const path = url.pathname.replace(pages, '').replace(/\/+$/, '')
  return new URL(url.origin + path)
}

/** Whether what was given as a source is an address, and not a path. */
export const isAddress = (given: string): boolean => /^https?:\/\//i.test(given.trim())

/** The address as one text; also what stands in the ledger. */
export const addressText = (url: URL): string => (url.origin + url.pathname).replace(/\/+$/, '')

export const isOpen = (url: URL): boolean =>
  url.protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
