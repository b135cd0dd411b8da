import type { ComponentChildren } from 'preact'
import type { AdfDoc, AdfNode } from '../../../shared/plan.ts'

/** Deeper than any text that a person wrote, and shallow enough for the stack. */
const deepest = 60
/** So many nodes are shown; a text of a megabyte has more, and a page is not made slow by it. */
const mostNodes = 5_000

/** A document as elements of a closed list of kinds; whatever else it holds is shown as its text, or not at all. */
export function Adf({ doc }: { doc: AdfDoc }) {
  return <div class="adf">{children(doc.content, { left: mostNodes }, 0)}</div>
}

interface Budget {
  left: number
}

function children(nodes: unknown, budget: Budget, depth: number): ComponentChildren {
  if (!Array.isArray(nodes) || depth > deepest) return null
  return nodes.map((one: unknown) => {
    if (typeof one !== 'object' || one === null || budget.left-- <= 0) return null
    return show(one as AdfNode, budget, depth + 1)
  })
}

function show(node: AdfNode, budget: Budget, depth: number): ComponentChildren {
  const inner = () => children(node.content, budget, depth)
  const said = (name: string) => text(node.attrs?.[name])
  switch (node.type) {
    case 'text':
      return marked(text(node.text), node.marks)
    case 'hardBreak':
      return <br />
    case 'rule':
      return <hr />
    case 'heading':
      return <p class="heading">{inner()}</p>
    case 'bulletList':
    case 'taskList':
    case 'decisionList':
      return <ul class="dots">{inner()}</ul>
    case 'orderedList':
      return <ol>{inner()}</ol>
    case 'listItem':
    case 'taskItem':
    case 'decisionItem':
      return <li>{inner()}</li>
    case 'blockquote':
    case 'panel':
    case 'expand':
    case 'nestedExpand':
      return (
        <blockquote>
          {said('title')}
          {inner()}
        </blockquote>
      )
    case 'codeBlock':
      return <pre>{inner()}</pre>
    case 'table':
      return (
        <div class="wide">
          <table>{inner()}</table>
        </div>
      )
    case 'tableRow':
      return <tr>{inner()}</tr>
    case 'tableHeader':
      return <th>{inner()}</th>
    case 'tableCell':
      return <td>{inner()}</td>
    case 'mention':
    case 'emoji':
    case 'status':
      return said('text') || said('shortName')
    case 'inlineCard':
    case 'blockCard':
      return link(said('url'), said('url'))
    // A picture is named, never fetched: its address may be anybody's.
    case 'media':
    case 'mediaInline':
      return <em>{said('alt') || said('id')}</em>
    case 'paragraph':
      return <p>{inner()}</p>
    default:
      return <>{inner()}</>
  }
}

const plainMarks = new Map<string, 'strong' | 'em' | 'code' | 's' | 'u'>([
  ['strong', 'strong'],
  ['em', 'em'],
  ['code', 'code'],
  ['strike', 's'],
  ['underline', 'u'],
])

function marked(shown: string, marks: AdfNode['marks']): ComponentChildren {
  let out: ComponentChildren = shown
  for (const mark of Array.isArray(marks) ? marks.slice(0, 10) : []) {
    const Tag = plainMarks.get(mark.type)
    if (Tag) out = <Tag>{out}</Tag>
    else if (mark.type === 'link') out = link(text(mark.attrs?.href), shown, out)
  }
  return out
}

/** Only to the web and to mail, without telling where from; any other address is text, so that it can be read. */
function link(href: string, words: string, shown: ComponentChildren = words): ComponentChildren {
  if (!isSafe(href))
    return (
      <>
        {shown}
        {href !== words && ` (${href})`}
      </>
    )
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {shown}
    </a>
  )
}

/** Whether an address may be followed: http, https and mailto, and not one relative to the page. */
export const isSafe = (href: string): boolean =>
  URL.canParse(href) && ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
