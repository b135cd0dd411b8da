import type { AdfDoc, AdfNode, Reason } from '../../shared/plan.ts'
import { reason } from './item.ts'
import { nameLeftOut, type People } from './people.ts'

/**
 * The document with its mentions of usernames made mentions of site accounts; whoever has no account is
 * named as text ("@Fred Normal"), which is told as a loss.
 */
export function resolveMentions(document: AdfDoc, people: People, losses: Reason[]): AdfDoc {
  const unknown = new Set<string>()
  let leftOut = false
  const visit = (node: AdfNode): AdfNode => {
    if (node.type === 'mention') {
      const username = String(node.attrs?.id ?? '')
      leftOut ||= people.named(username)?.leftOut === true
      return mention(node, username, people, unknown)
    }
    return node.content ? { ...node, content: node.content.map(visit) } : node
  }
  const content = document.content.map(visit)
  if (unknown.size > 0)
    losses.push(
      reason(
        'mention-as-text',
        `Mentioned without an account on the site, so written as text: ${[...unknown].join(', ')}.`,
      ),
    )
  if (leftOut) losses.push(nameLeftOut('Somebody whom it mentions'))
  return { ...document, content }
}

function mention(node: AdfNode, username: string, people: People, unknown: Set<string>): AdfNode {
  const person = people.named(username)
  if (person?.accountId)
    return {
      type: 'mention',
      attrs: { id: person.accountId, text: `@${person.displayName}`, accessLevel: '' },
    }
  const name = person?.displayName ?? username
  if (!person?.leftOut) unknown.add(name)
  return { type: 'text', text: `@${name || 'somebody'}`, ...(node.marks && { marks: node.marks }) }
}
