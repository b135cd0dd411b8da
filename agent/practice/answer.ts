/** What a handler answers; without a body the answer is empty. */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** Sends this part of a file instead of a body; both ends count from 0 and belong to the part. */
  file?: { path: string; start: number; end: number }
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const made = (body: unknown): Answer => ({ status: 201, body })
export const nothing = (status = 204): Answer => ({ status })

/** The documented error body of Jira Cloud. */
export interface ErrorCollection {
  errorMessages: string[]
  errors: Record<string, string>
}

/** Thrown by handlers: the request is undone and answered with an ErrorCollection. */
export class Refusal extends Error {
  status: number
  body: ErrorCollection
  constructor(status: number, messages: string[], errors: Record<string, string> = {}) {
    super([...messages, ...Object.values(errors)].join(' '))
    this.status = status
    this.body = { errorMessages: messages, errors }
  }
}

/** Refuses with a general message. */
export function refuse(status: number, ...messages: string[]): never {
  throw new Refusal(status, messages)
}

/** Refuses with a message for one field. */
export function refuseField(field: string, message: string, status = 400): never {
  throw new Refusal(status, [], { [field]: message })
}
