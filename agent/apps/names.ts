/**
 * Apps by the key of their plugin, for what the source does not tell itself: a name that people know, whom to
 * ask, and words by which traces are recognised that do not begin with the key. A table of an app is named
 * AO_<hash>_…, and the hash is made from the key, so the keys alone recognise tables too (inventory.ts).
 */
export interface KnownApp {
  key: string
  name: string
  vendor: string
  /** Where the vendor's help is. */
  contact: string
  /** First words of Java classes in workflows. */
  classes?: readonly string[]
  /** First words of the keys of entity properties. */
  properties?: readonly string[]
}

const market = (key: string) =>
  `https://marketplace.atlassian.com/search?query=${encodeURIComponent(key)}`
const app = (
  key: string,
  name: string,
  vendor: string,
  more: Partial<Pick<KnownApp, 'contact' | 'classes' | 'properties'>> = {},
): KnownApp => ({ key, name, vendor, contact: market(key), ...more })

/** Last looked over in November 2026; a missing app is shown by its own key and name from the source. */
export const knownApps: readonly KnownApp[] = [
  app('com.pyxis.greenhopper.jira', 'Jira Software', 'Atlassian'),
  app('com.atlassian.servicedesk', 'Jira Service Management', 'Atlassian', {
    properties: ['sd.', 'request.', 'feedback.'],
  }),
  app('com.atlassian.jpo', 'Advanced Roadmaps', 'Atlassian', { properties: ['jpo-'] }),
  app('com.googlecode.jira-suite-utilities', 'JSU Automation Suite for Jira Workflows', 'Beecom', {
    classes: ['com.googlecode.jsu.', 'ch.beecom.jira.jsu.'],
  }),
  app('com.onresolve.jira.groovy.groovyrunner', 'ScriptRunner for Jira', 'Adaptavist', {
    classes: ['com.onresolve.'],
  }),
  app(
    'com.innovalog.jmwe.jira-misc-workflow-extensions',
    'Jira Misc Workflow Extensions',
    'Appfire',
    {
      classes: ['com.innovalog.'],
    },
  ),
  app('com.tempoplugin.tempo-core', 'Tempo Core', 'Tempo', { properties: ['tempo.'] }),
  app('is.origo.jira.tempo-plugin', 'Tempo Timesheets', 'Tempo'),
  app('com.tempoplugin.tempo-accounts', 'Tempo Accounts', 'Tempo'),
  app('com.thed.zephyr.je', 'Zephyr Squad', 'SmartBear'),
  app('com.xpandit.plugins.xray', 'Xray Test Management', 'Xblend'),
  app('com.kanoah.test-manager', 'Zephyr Scale', 'SmartBear'),
  app('com.almworks.jira.structure', 'Structure', 'Tempo (ALM Works)', {
    classes: ['com.almworks.'],
  }),
  app('com.riadalabs.jira.plugins.insight', 'Insight (Assets)', 'Atlassian'),
  app('com.codebarrel.addons.automation', 'Automation for Jira', 'Atlassian'),
  app('com.iamhuy.jira.plugin.issue-alternative-assignee', 'Issue Alternative Assignee', 'Huy'),
  app('com.fca.jira.plugins.workflowToolbox.workflow-toolbox', 'Jira Workflow Toolbox', 'Decadis', {
    classes: ['com.fca.jira.'],
  }),
  app('com.okapya.jira.customfields.checklist', 'Checklist for Jira', 'Okapya (Appfire)'),
  app('com.spartez.jira.plugins.jiraplanningpoker', 'Planning Poker', 'Appfire'),
  app('com.deniz.jira.worklog', 'WorklogPRO', 'Deniz Oguz'),
  app('net.brokenbuild.subtasks', 'Subtask Navigation', 'BrokenBuild'),
  app('com.valiantys.jira.plugins.SQLFeed', 'Elements Connect', 'Elements'),
  app('com.intenso.jira.plugins.jira-servicedesk-extension', 'Extension for JSM', 'Deviniti'),
  app('com.atlassian.jirafisheyeplugin', 'FishEye and Crucible for Jira', 'Atlassian'),
  app('com.atlassian.jira.dev.reference-plugin', 'Jira Reference Plugin', 'Atlassian'),
]

const systemStarts = [
  'com.atlassian.',
  'com.pyxis.greenhopper.jira',
  'jira.',
  'crowd-',
  'crowd.',
  'rome.',
  'com.springsource.',
  'org.springframework.',
  'org.eclipse.',
  'org.apache.',
  'org.codehaus.',
  'org.objectweb.',
  'org.osgi.',
  'org.sonatype.',
  'tac.jira',
]

/** Atlassian products whose data is an app's all the same: they are shown with the others and asked about. */
const products = new Set([
  'com.atlassian.jpo',
  'com.atlassian.jirafisheyeplugin',
  'com.atlassian.jira.dev.reference-plugin',
])

/** Part of Jira itself, of an Atlassian product that Landfall reads by itself, or a library. */
export const isSystem = (key: string): boolean =>
  !products.has(key) && systemStarts.some((start) => key.startsWith(start))
