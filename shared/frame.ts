/** What a plan promises of a thing whose name a whole site shares. */
export interface Reusable {
  name: string
  /** Set where the site had it under this name when it was planned: it is used, and stays the site's. */
  reused?: true
}

/** What a plan promises of the frame that the issues of all projects stand in. */
export interface FramePromises {
  issueType: Reusable & { description: string; subtask: boolean }
  status: Reusable & { description: string; category: 'TODO' | 'IN_PROGRESS' | 'DONE' }
  priority: Reusable & { description: string; color: string }
  resolution: Reusable & { description: string }
  linkType: Reusable & { inward: string; outward: string }
}
