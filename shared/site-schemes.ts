/** An application of a site with the seats of its plan; null = not told, or unlimited. */
export interface SiteApplication {
  key: string
  name: string
  /** Whose members use it. */
  groups: string[]
  /** Those that new accounts come into. */
  defaultGroups: string[]
  unlimited: boolean
  seats: number | null
  left: number | null
  users: number | null
}

/** Who is told of what: recipients in the words of the REST API's EventNotification. */
export interface NotificationScheme {
  id: string
  name: string
  events: { id: string; name: string; recipients: { type: string; parameter: string | null }[] }[]
}
