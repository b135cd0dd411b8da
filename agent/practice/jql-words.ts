/** The fields that Jira Cloud's documents name for JQL, in lower case; custom fields come beside them. */
export const jqlFields = new Set([
  ...['affectedversion', 'assignee', 'attachments', 'category', 'comment', 'component', 'created'],
  ...['createddate', 'creator', 'description', 'due', 'duedate', 'environment', 'epic link'],
  ...['filter', 'request', 'savedfilter', 'searchrequest', 'fixversion', 'hierarchylevel', 'id'],
  ...['issue', 'issuekey', 'key', 'issuelink', 'issuelinktype', 'issuetype', 'type', 'labels'],
  ...['lastviewed', 'originalestimate', 'timeoriginalestimate', 'parent', 'priority', 'project'],
  ...['projecttype', 'remainingestimate', 'timeestimate', 'reporter', 'resolution', 'resolved'],
  ...['resolutiondate', 'sprint', 'status', 'statuscategory', 'statuscategorychangeddate'],
  ...['summary', 'text', 'timespent', 'updated', 'updateddate', 'voter', 'votes', 'watcher'],
  ...['watchers', 'worklogauthor', 'worklogcomment', 'worklogdate', 'workratio', 'level'],
])

/** Fields that results can be sorted by, beside custom ones. */
export const jqlSortable = new Set([
  ...[...jqlFields].filter((field) => !['text', 'comment', 'attachments'].includes(field)),
  ...['rank', 'epic name'],
])

/** The documented functions, in lower case. */
export const jqlFunctions = new Set([
  ...['currentuser', 'membersof', 'currentlogin', 'lastlogin', 'now', 'updatedby', 'issuehistory'],
  ...['startofday', 'startofweek', 'startofmonth', 'startofyear'],
  ...['endofday', 'endofweek', 'endofmonth', 'endofyear'],
  ...['opensprints', 'closedsprints', 'futuresprints', 'linkedissues', 'linkedissue'],
  ...['votedissues', 'watchedissues', 'releasedversions', 'unreleasedversions'],
  ...['latestreleasedversion', 'earliestunreleasedversion', 'componentsleadbyuser'],
  ...['projectsleadbyuser', 'projectswhereuserhaspermission', 'projectswhereuserhasrole'],
  ...['standardissuetypes', 'subtaskissuetypes', 'cascadeoption', 'parentepic', 'choiceoption'],
])
