/** What went wrong in the extension itself, and what to do; the agent words its own problems. */

interface Said {
  sentence: string
  hint: string
}

export const problemWords = {
  agentAway: (address: string): Said => ({
    sentence: `The agent does not answer at ${address}.`,
    hint: 'Start it on this machine, or correct its address in the options.',
  }),
  notPaired: {
    sentence: 'This browser is not paired with the agent.',
    hint: 'Enter the pairing code that the agent printed when it started.',
  },
  unknownSite: {
    sentence: 'No migration of this browser went to this site.',
    hint: 'Open the page on the site to which the migration went.',
  },
  nothingKnown: {
    sentence: 'No migration of this agent knows this project.',
    hint: 'Choose the agent that moved it in the options.',
  },
  updated: {
    sentence: 'Landfall was updated or switched off while this page was open.',
    hint: 'Reload this page.',
  },
  unexpected: (what: string): Said => ({
    sentence: `Something unforeseen happened: ${what}`,
    hint: 'Reload this page; if it comes back, please report it with this text.',
  }),
  otherServer: (address: string, status: number): Said => ({
    sentence: `What answers at ${address} is not a Landfall agent (HTTP ${status}).`,
    hint: 'Correct the address of the agent in the options.',
  }),
  otherVersion: (where: string): Said => ({
    sentence: `The agent answered with something this extension does not understand (at ${where}).`,
    hint: 'Agent and extension are of different versions: build and load the extension again.',
  }),
  silent: {
    sentence: 'The background of the extension did not answer.',
    hint: 'Try again; if it stays silent, switch the extension off and on.',
  },
  refused: {
    sentence: 'A page of the web may not ask for this.',
    hint: 'Open the Landfall side panel and do it there.',
  },
  knownAgent: (address: string): Said => ({
    sentence: `There is an agent with the address ${address} already.`,
    hint: 'Use that one, or type the address that the new one printed.',
  }),
  unknownAgent: (address: string): Said => ({
    sentence: `No agent with the address ${address} is known here.`,
    hint: 'Reload the options; it may have been forgotten in another window.',
  }),
  keptList: {
    sentence: 'The agent does not answer, so nothing was cleared.',
    hint: 'Start the agent first: what is shown here is the last that is known of it.',
  },
  wrongCode: 'Look for it where the agent was started.',
  notARepair: 'It is no request that a repair makes.',
}

/** Of addresses that a person types. */
export const addressWords = {
  agent: 'The address looks like http://127.0.0.1:4747: the agent listens on this machine only.',
  oldServer: 'The address looks like https://jira.acme.com.',
  protocol: 'The address begins with https:// or http://.',
  cloud: 'This is a Jira Cloud site; the overlay shows there by itself.',
}

/** Which agent did not answer, or what it sent: for the console of the browser. */
export const silentWords = (waitMs: number): string => `Nothing was heard for ${waitMs} ms.`
