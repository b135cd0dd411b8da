import { schemeEntities } from './scheme-entities.ts'
import { flag, int, type Mapping, same, type Turn } from './turns.ts'

const notFlag: Turn = (value) => (value === null ? 1 : flag(value))
const subtask: Turn = (value) => (value === 'jira_subtask' ? 1 : 0)

const commentLike = {
  ...same('id', 'author', 'body', 'created', 'updated'),
  issueId: 'issue',
  updateAuthor: 'updateauthor',
  roleLevel: 'rolelevel',
}
const named = { ...same('id', 'name', 'description') }

/**
 * Which entity goes to which table, attribute by attribute. Tables named draft… are joined when the
 * snapshot is finished (agent/snapshot/format.md). What is not here is counted by name.
 */
export const entities: Record<string, Mapping> = {
  ...schemeEntities,
  Action: { table: 'comment', columns: { ...commentLike, groupLevel: 'level' } },
  Worklog: {
    table: 'worklog',
    columns: {
      ...commentLike,
      started: 'startdate',
      seconds: ['timeworked', int],
      groupLevel: 'grouplevel',
    },
  },
  ChangeGroup: {
    table: 'changeGroup',
    columns: { ...same('id', 'author', 'created'), issueId: 'issue' },
  },
  ChangeItem: {
    table: 'changeItem',
    columns: {
      ...same('id', 'field'),
      groupId: 'group',
      fieldType: 'fieldtype',
      oldValue: 'oldvalue',
      oldString: 'oldstring',
      newValue: 'newvalue',
      newString: 'newstring',
    },
  },
  FileAttachment: {
    table: 'attachment',
    columns: {
      ...same('id', 'filename', 'mimetype', 'author', 'created'),
      issueId: 'issue',
      size: ['filesize', int],
    },
  },
  Issue: {
    table: 'issue',
    columns: {
      ...same('id', 'key', 'type', 'status', 'priority', 'resolution', 'summary', 'description'),
      ...same('environment', 'reporter', 'assignee', 'creator', 'created', 'updated', 'security'),
      projectId: 'project',
      number: ['number', int],
      due: 'duedate',
      resolved: 'resolutiondate',
      originalEstimate: ['timeoriginalestimate', int],
      remainingEstimate: ['timeestimate', int],
      timeSpent: ['timespent', int],
      votes: ['votes', int],
      watches: ['watches', int],
      archived: ['archived', flag],
    },
  },
  IssueLink: {
    table: 'link',
    columns: {
      id: 'id',
      typeId: 'linktype',
      sourceId: 'source',
      destinationId: 'destination',
      sequence: ['sequence', int],
    },
  },
  IssueLinkType: {
    table: 'linkType',
    columns: { ...same('id', 'inward', 'outward', 'style'), name: 'linkname' },
  },
  RemoteIssueLink: {
    table: 'remoteLink',
    columns: {
      ...same('id', 'title', 'url', 'summary', 'relationship'),
      issueId: 'issueid',
      globalId: 'globalid',
      applicationType: 'applicationtype',
      applicationName: 'applicationname',
    },
  },
  Label: { table: 'label', columns: { issueId: 'issue', label: 'label', fieldId: 'fieldid' } },
  Component: {
    table: 'component',
    columns: {
      ...named,
      projectId: 'project',
      lead: 'lead',
      assigneeType: 'assigneetype',
      archived: ['archived', flag],
    },
  },
  Version: {
    table: 'version',
    columns: {
      ...named,
      projectId: 'project',
      sequence: ['sequence', int],
      released: ['released', flag],
      archived: ['archived', flag],
      startDate: 'startdate',
      releaseDate: 'releasedate',
    },
  },
  IssueType: {
    table: 'issueType',
    columns: { ...named, subtask: ['style', subtask], sequence: ['sequence', int] },
  },
  Status: {
    table: 'status',
    columns: { ...named, category: 'statuscategory', sequence: ['sequence', int] },
  },
  Priority: {
    table: 'priority',
    columns: { ...named, color: 'statusColor', sequence: ['sequence', int] },
  },
  Resolution: { table: 'resolution', columns: { ...named, sequence: ['sequence', int] } },
  Project: {
    table: 'project',
    columns: {
      ...named,
      ...same('key', 'lead', 'url'),
      originalKey: 'originalkey',
      type: 'projecttype',
      assigneeType: 'assigneetype',
      counter: ['counter', int],
    },
  },
  ProjectKey: { table: 'projectKey', columns: { projectId: 'projectId', key: 'projectKey' } },
  ProjectCategory: { table: 'projectCategory', columns: named },
  ProjectRole: { table: 'role', columns: named },
  CustomField: {
    table: 'customField',
    columns: { ...named, type: 'customfieldtypekey', searcher: 'customfieldsearcherkey' },
  },
  CustomFieldOption: {
    table: 'fieldOption',
    columns: {
      ...same('id', 'value'),
      fieldId: 'customfield',
      configId: 'customfieldconfig',
      parentId: 'parentoptionid',
      sequence: ['sequence', int],
      disabled: ['disabled', flag],
    },
  },
  CustomFieldValue: {
    table: 'fieldValue',
    columns: {
      id: 'id',
      issueId: 'issue',
      fieldId: 'customfield',
      parentKey: 'parentkey',
      stringValue: 'stringvalue',
      numberValue: 'numbervalue',
      dateValue: 'datevalue',
      textValue: 'textvalue',
    },
  },
  SearchRequest: {
    table: 'filter',
    columns: { ...named, owner: 'author', jql: 'request' },
  },
  PortalPage: {
    table: 'dashboard',
    columns: { ...same('id', 'description', 'layout'), name: 'pagename', owner: 'username' },
  },
  PortletConfiguration: {
    table: 'gadget',
    columns: {
      ...same('id', 'color'),
      dashboardId: 'portalpage',
      column: ['columnNumber', int],
      position: ['position', int],
      module: 'dashboardModuleCompleteKey',
      uri: 'gadgetXml',
      portlet: 'portletId',
    },
  },
  GadgetUserPreference: {
    table: 'gadgetSetting',
    columns: {
      id: 'id',
      gadgetId: 'portletconfiguration',
      name: 'userprefkey',
      value: 'userprefvalue',
    },
  },
  EntityProperty: {
    table: 'property',
    columns: {
      ...same('id', 'value'),
      entity: 'entityName',
      entityId: 'entityId',
      key: 'propertyKey',
    },
  },
  PluginVersion: { table: 'plugin', columns: same('key', 'name', 'version') },
  ApplicationUser: { table: 'draftAppUser', columns: { key: 'userKey', lower: 'lowerUserName' } },
  User: {
    table: 'draftUser',
    columns: {
      name: 'userName',
      lower: 'lowerUserName',
      displayName: 'displayName',
      email: 'emailAddress',
      active: ['active', notFlag],
      directoryId: 'directoryId',
    },
  },
  Directory: {
    table: 'draftDirectory',
    columns: {
      id: 'id',
      name: 'directoryName',
      position: ['position', int],
      active: ['active', notFlag],
    },
  },
  Group: {
    table: 'draftGroup',
    columns: {
      name: 'groupName',
      description: 'description',
      active: ['active', notFlag],
      directoryId: 'directoryId',
    },
  },
  Membership: {
    table: 'draftMembership',
    columns: { groupName: 'parentName', kind: 'membershipType', child: 'childName' },
  },
  OSUser: { table: 'draftOsUser', columns: same('id', 'name') },
  OSGroup: { table: 'draftOsGroup', columns: same('name') },
  OSMembership: {
    table: 'draftOsMembership',
    columns: { groupName: 'groupName', child: 'userName' },
  },
  ConfigurationContext: {
    table: 'draftContext',
    columns: { id: 'id', key: 'key', projectId: 'project', schemeId: 'fieldconfigscheme' },
  },
  FieldConfigScheme: { table: 'draftConfigScheme', columns: same('id', 'name') },
  FieldConfigSchemeIssueType: {
    table: 'draftSchemeConfig',
    columns: { schemeId: 'fieldconfigscheme', configId: 'fieldconfiguration' },
  },
  FieldLayout: { table: 'draftLayout', columns: same('id', 'type') },
  FieldLayoutItem: {
    table: 'draftLayoutItem',
    columns: { layoutId: 'fieldlayout', field: 'fieldidentifier', renderer: 'renderertype' },
  },
  FieldLayoutSchemeEntity: {
    table: 'draftLayoutScheme',
    columns: { schemeId: 'scheme', issueType: 'issuetype', layoutId: 'fieldlayout' },
  },
}

/** Rows that hold secrets: never stored, only counted. What else is counted is never stored either. */
export const secretEntities = new Set([
  'MailServer',
  'TrustedApplication',
  'ProductLicense',
  'RememberMeToken',
  'OAuthConsumer',
  'OAuthConsumerToken',
  'OAuthServiceProviderToken',
  'DirectoryAttribute',
  'UserAttribute',
])
