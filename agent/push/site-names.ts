import type { SiteReading } from '../cloud/reading.ts'

/** What the site has by name, read once and read again after each creation. Names are compared as Jira does: without case. */
export interface SiteNames {
  issueType(name: string): Promise<{ id: string; name: string } | null>
  status(
    name: string,
  ): Promise<{ id: string; name: string; description: string; category: string } | null>
  priority(name: string): Promise<{ id: string; name: string } | null>
  resolution(name: string): Promise<{ id: string; name: string } | null>
  linkType(name: string): Promise<{ id: string; name: string } | null>
  role(name: string): Promise<{ id: string; name: string } | null>
  projectCategory(name: string): Promise<{ id: string; name: string } | null>
  /** type: the whole key. */
  customField(name: string, type: string): Promise<{ id: string; name: string } | null>
  /** The transition of a project's workflow that leads to this status. */
  transition(projectKey: string, issueKey: string, toStatus: string): Promise<string | null>
  forget(): void
}

export function createSiteNames(read: SiteReading): SiteNames {
  const lists = new Map<string, Promise<{ id: string; name: string }[]>>()
  const transitions = new Map<string, Promise<Map<string, string>>>()

  async function byName<T extends { id: string; name: string }>(
    what: string,
    list: () => Promise<T[]>,
    name: string,
  ): Promise<T | null> {
    let known = lists.get(what) as Promise<T[]> | undefined
    if (!known) {
      known = list()
      lists.set(what, known)
      // A failed read must not stay in the cache: the next question asks the site again.
      known.catch(() => lists.delete(what))
    }
    const wanted = name.toLowerCase()
    return (await known).find((one) => one.name.toLowerCase() === wanted) ?? null
  }

  return {
    issueType: (name) => byName('issueType', () => read.issueTypes(), name),
    status: (name) =>
      byName(
        'status',
        async () => (await read.statuses()).filter((one) => one.scope === 'GLOBAL'),
        name,
      ),
    priority: (name) => byName('priority', () => read.priorities(), name),
    resolution: (name) => byName('resolution', () => read.resolutions(), name),
    linkType: (name) => byName('linkType', () => read.linkTypes(), name),
    role: (name) => byName('role', () => read.roles(), name),
    projectCategory: (name) => byName('projectCategory', () => read.projectCategories(), name),
    async customField(name, type) {
      const list = async () =>
        (await read.customFields()).filter((one) => one.type === type && !one.locked)
      return byName(`customField ${type}`, list, name)
    },
    async transition(projectKey, issueKey, toStatus) {
      // The push makes one workflow a project with a global transition to each status, so what one issue can do, all can.
      let known = transitions.get(projectKey)
      if (!known) {
        known = read
          .transitions(issueKey)
          .then((list) => new Map(list.map((one) => [one.toStatus.toLowerCase(), one.id])))
        transitions.set(projectKey, known)
        known.catch(() => transitions.delete(projectKey))
      }
      return (await known).get(toStatus.toLowerCase()) ?? null
    },
    forget() {
      lists.clear()
      transitions.clear()
    },
  }
}
