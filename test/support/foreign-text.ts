import { JSONTransformer } from '@atlaskit/editor-json-transformer'
import { WikiMarkupTransformer } from '@atlaskit/editor-wikimarkup-transformer'
import type { AdfDoc, AdfNode } from '../../shared/plan.ts'

const [wikiTransformer, jsonTransformer] = [new WikiMarkupTransformer(), new JSONTransformer()]
/** What the site takes in one field, counted in letters (its own message says 32,767). */
const longest = 32_767

/**
 * Wiki markup as Atlassian's own assistant brings it: by Atlassian's transformer, with pictures as media of
 * the issue and people as mentions. What is too long is cut, as that tool's report says.
 * @param accounts accountId by user name
 */
export function foreignDoc(wiki: string, accounts: ReadonlyMap<string, string>): AdfDoc {
  const clean = wiki.replace(/\r\n?/g, '\n')
  const raw = jsonTransformer.encode(wikiTransformer.parse(clean)) as AdfDoc
  const visit = (node: AdfNode): AdfNode[] => {
    if (node.type === 'text') return node.text ? [node] : []
    if (node.type === 'mention') {
      const name = String(node.attrs?.id ?? '')
      const id = accounts.get(name)
      return id
        ? [{ type: 'mention', attrs: { id, text: `@${name}` } }]
        : [{ type: 'text', text: `@${name}` }]
    }
    if (node.type === 'media') {
      const name = String(node.attrs?.url ?? node.attrs?.id ?? '')
      return /^https?:/.test(name)
        ? [{ type: 'media', attrs: { type: 'external', url: name } }]
        : [
            {
              type: 'media',
              attrs: { type: 'file', id: `media-${name}`, alt: name, collection: '' },
            },
          ]
    }
    return node.content ? [{ ...node, content: node.content.flatMap(visit) }] : [node]
  }
  return { type: 'doc', version: 1, content: short((raw.content ?? []).flatMap(visit)) }
}

export const plainForeignDoc = (text: string): AdfDoc => ({
  type: 'doc',
  version: 1,
  content: text
    .split(/\n\s*\n/)
    .map((block) => ({ type: 'paragraph', content: [{ type: 'text', text: block.trim() }] })),
})

function short(blocks: AdfNode[]): AdfNode[] {
  let left = longest
  return blocks.filter((block) => {
    left -= JSON.stringify(block).length
    return left > 0
  })
}
