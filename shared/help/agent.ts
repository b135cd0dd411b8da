import type { Trouble } from './trouble.ts'

/** The agent, the extension, and the way between them. */
export const agentTroubles: readonly Trouble[] = [
  {
    code: 'setup-changed',
    title: 'The setup was changed in another window',
    happened: 'What was typed here was not saved over it.',
    why: 'Two windows, or two people, edit the same migration.',
    mend: ['Look at what stands there now, and choose which of the two is kept.'],
    again: 'after mending',
  },

  {
    code: 'agent-away',
    title: 'The agent does not answer',
    happened:
      'The extension asked the agent at its address and got no answer. What is shown is the last known state.',
    why: 'It is not running, the machine sleeps, or it listens on another port.',
    mend: [
      'Start it on its machine with the command that the screen shows, and leave that window open.',
      'If it says another address than the one in the options, enter that one under Options > Agents.',
    ],
    again: 'yes',
  },
  {
    code: 'not-paired',
    title: 'This browser is not paired with the agent',
    happened: 'The agent does not know the token of this browser.',
    why: 'It was never paired, was forgotten, or the agent works in another folder than before: each folder has its own pairings.',
    mend: [
      'Enter the pairing code that the agent prints when it starts; it is good once, for ten minutes.',
      'If the code is no longer good, enter it all the same: the agent then prints a new one.',
      'If your migrations are missing, start the agent with the --folder it had before.',
    ],
    again: 'after mending',
  },
  {
    code: 'agent-answer-unexpected',
    title: 'What answers is no Landfall agent, or of another version',
    happened:
      'Something answered at the agent’s address in a form that the extension does not understand.',
    why: 'Another program uses the port, or agent and extension were built from different versions.',
    mend: [
      'Update the agent (git pull, npm ci), build the extension again and press Reload on the page of extensions.',
      'If another program uses the port, start the agent with --port, and enter that address in the options.',
    ],
    again: 'after mending',
  },
  {
    code: 'agent-known',
    also: ['agent-unknown'],
    title: 'The list of agents was changed meanwhile',
    happened: 'The address is in the list already, or is not in it any more.',
    why: 'It was entered twice, or forgotten in another window.',
    mend: ['Reload the options and look at the list of agents.'],
    again: 'after mending',
  },
  {
    code: 'agent-folder-in-use',
    says: ['Another Landfall agent already works in'],
    title: 'Another agent works in this folder',
    happened: 'A second agent was started in the folder of one that runs.',
    why: 'One ledger has one writer, so that nothing is written twice.',
    mend: ['Stop the other agent, or give this one a folder of its own with --folder.'],
    again: 'after mending',
  },
  {
    code: 'extension-updated',
    title: 'The page is older than the extension',
    happened: 'Landfall was updated or switched off while this page was open.',
    why: 'The browser cuts such pages off from the new extension.',
    mend: ['Reload the page.'],
    again: 'after mending',
  },
  {
    code: 'background-silent',
    title: 'The background of the extension did not answer',
    happened: 'The part of the extension that speaks to the agent was asked and stayed silent.',
    why: 'The browser puts it to sleep and sometimes fails to wake it.',
    mend: ['Try again.', 'If it stays silent, switch the extension off and on.'],
    again: 'yes',
  },
  {
    code: 'site-unknown',
    title: 'No migration went to this site',
    happened: 'The overlay was asked on a site that no migration of this browser knows.',
    why: 'The page belongs to another site, or another agent moved to it.',
    mend: ['Open the page on the site of the migration, or choose the other agent in the options.'],
    again: 'after mending',
  },
  {
    code: 'no-page',
    title: 'No page of the site is open',
    happened: 'A repair with your own login needs a page of the site, and there is none.',
    why: 'It goes through that page, so that it is made as you.',
    mend: ['Open an issue of the site in a tab, log in, keep it open, and begin again.'],
    again: 'after mending',
  },
  {
    code: 'not-found',
    title: 'It is not there any more',
    happened: 'A migration, item, finding or app was asked for that the agent does not have.',
    why: 'It was deleted, changed in another window, or belongs to another agent.',
    mend: [
      'Go back to the list and open it from there.',
      'Choose the agent that has it in the options.',
    ],
    again: 'no',
  },
  {
    code: 'not-now',
    title: 'It makes no sense at this moment',
    happened: 'The agent refused the act and said why; nothing was changed.',
    why: 'For example a run is under way, it has ended already, or a check stands in the way.',
    mend: ['Do what the sentence says, then try again.'],
    again: 'after mending',
  },
  {
    code: 'usage',
    title: 'Something of what was entered is not right',
    happened: 'A value was refused before anything was done with it.',
    why: 'It is missing, has another form, or does not fit the rest.',
    mend: [
      'Correct the field that the sentence names.',
      'On the command line: npm run -s landfall -- help.',
    ],
    again: 'after mending',
  },
  {
    code: 'unexpected',
    says: ['Something unforeseen happened'],
    title: 'Something unforeseen happened',
    happened: 'An error came up that Landfall has no sentence for.',
    why: 'It is most likely a fault of Landfall itself. What was written before is in the ledger.',
    mend: [
      'Run it again: it goes on where it stopped and writes nothing twice.',
      'If it comes back, report it with the error log; tokens and passwords never stand in it.',
    ],
    again: 'yes',
  },
]
