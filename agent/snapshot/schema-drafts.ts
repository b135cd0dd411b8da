import type { ColumnKind } from './schema.ts'
import { schemeDrafts } from './schema-schemes.ts'

/** Rows that a join waits for; joined and dropped when the snapshot is finished. */
export const drafts: Record<string, Record<string, ColumnKind>> = {
  draftAppUser: { key: 'text?', lower: 'text?' },
  draftUser: {
    name: 'text?',
    lower: 'text?',
    displayName: 'text?',
    email: 'text?',
    active: 'flag',
    directoryId: 'id?',
  },
  draftDirectory: { id: 'id', name: 'text?', position: 'number?', active: 'flag' },
  draftGroup: { name: 'text?', description: 'text?', active: 'flag', directoryId: 'id?' },
  draftMembership: { groupName: 'text?', kind: 'text?', child: 'text?' },
  draftReferred: { key: 'text' },
  draftOsUser: { id: 'id', name: 'text?' },
  draftOsGroup: { name: 'text?' },
  draftOsMembership: { groupName: 'text?', child: 'text?' },
  draftOsProperty: { userId: 'id', key: 'text?', value: 'text?' },
  draftArchived: { projectId: 'id', value: 'text?' },
  draftProjectCategory: { projectId: 'id', categoryId: 'id?' },
  draftProjectLayout: { projectId: 'id', schemeId: 'id?' },
  draftContext: { id: 'id', key: 'text?', projectId: 'id?', schemeId: 'id?' },
  draftConfigScheme: { id: 'id', name: 'text?' },
  draftSchemeConfig: { schemeId: 'id?', configId: 'id?' },
  draftLayout: { id: 'id', type: 'text?' },
  draftLayoutItem: { layoutId: 'id', field: 'text?', renderer: 'text?' },
  draftLayoutScheme: { schemeId: 'id', issueType: 'id?', layoutId: 'id?' },
  draftEpicLink: { issueId: 'id', epicKey: 'text?' },
  ...schemeDrafts,
}
