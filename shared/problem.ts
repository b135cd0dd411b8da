/**
 * An error meant for a person: what happened, why, and what to do now.
 * Everything that a screen, a log or the command line shows of an error is a Problem.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  /** What to do now, one sentence. */
  readonly hint: string
  /** Whether the same act can succeed later without anybody changing anything. */
  readonly again: boolean

  constructor(
    code: ProblemCode,
    sentence: string,
    options: { hint: string; again?: boolean; cause?: unknown },
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.again = options.again ?? false
  }
}

/** Where a problem belongs; scripts may rely on these words. */
export type ProblemCode =
  | 'source-missing'
  | 'source-unreadable'
  | 'source-truncated'
  | 'source-not-jira'
  | 'source-is-cloud'
  | 'source-empty'
  | 'source-unreachable'
  | 'source-token-refused'
  | 'source-permission-missing'
  | 'source-answer-unexpected'
  | 'snapshot-disk-full'
  | 'snapshot-damaged'
  | 'agent-folder-in-use'
  | 'site-unreachable'
  | 'site-token-refused'
  | 'site-permission-missing'
  | 'site-refused'
  | 'site-answer-unexpected'
  | 'site-rate-limit'
  | 'key-mismatch'
  | 'project-taken'
  | 'usage'
  | 'not-found'
  | 'not-now'
  | 'setup-changed'
  | 'not-paired'
  | 'unexpected'

/** The form in which a problem crosses the wire and stands in the ledger. */
export interface ProblemView {
  code: string
  sentence: string
  hint: string
  again: boolean
}

/** Any thrown value as a ProblemView; what was not foreseen keeps its own message under "unexpected". */
export function viewProblem(error: unknown): ProblemView {
  if (error instanceof Problem)
    return { code: error.code, sentence: error.message, hint: error.hint, again: error.again }
  const sentence = error instanceof Error ? error.message : String(error)
  return {
    code: 'unexpected',
    sentence: `Something unforeseen happened: ${sentence}`,
    hint: 'Please report this with the error log; nothing on the site was changed by it.',
    again: false,
  }
}
