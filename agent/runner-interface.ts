// The interface belongs to the room that uses it: routes may not import this file, so it lives there.
export type { Runner } from './routes/runner.ts'
