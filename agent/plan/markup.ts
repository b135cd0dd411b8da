import fullSchema from '@atlaskit/adf-schema/dist/json-schema/v1/full.json' with { type: 'json' }
import { JSONTransformer } from '@atlaskit/editor-json-transformer'
import { WikiMarkupTransformer } from '@atlaskit/editor-wikimarkup-transformer'
import { Ajv, type ValidateFunction } from 'ajv'
import type { AdfDoc, AdfNode, Reason } from '../../shared/plan.ts'
import { type Converted, cleanText, doc, paragraph, plainInstead, text } from './adf.ts'

const wikiTransformer = new WikiMarkupTransformer()
const jsonTransformer = new JSONTransformer()
/**
 * Every start of the converter compiles the schema anew: 0.14 s of CPU instead of 0.34 s this way, and no slower at a
 * document. The schema itself is Atlassian's and pinned: to check it each time would tell nobody anything.
 */
const quickly = {
  strict: false,
  inlineRefs: false,
  code: { optimize: false },
  meta: false,
  validateSchema: false,
}
let validator: ValidateFunction | null = null

/** Whether Atlassian's own JSON schema takes the document. */
export function isValid(document: AdfDoc): boolean {
  // The file says draft-04, which ajv refuses by name; it uses no keyword that later drafts changed.
  const { $schema: _, ...schema } = fullSchema
  validator ??= new Ajv(quickly).compile(schema)
  return validator(document)
}

/**
 * Wiki markup to a document that Atlassian's schema takes, by Atlassian's own transformer. Never throws:
 * what cannot be converted comes as plain text with a reason, and keeps every word.
 */
export function convertMarkup(wiki: string): Converted {
  const clean = cleanText(wiki)
  try {
    const lost: Reason[] = []
    const raw = jsonTransformer.encode(wikiTransformer.parse(clean)) as AdfDoc
    const found = doc(tidy(raw.content ?? [], lost))
    if (isValid(found)) return { doc: found, lost }
  } catch {
    // Whatever the transformer stumbled over, the reader gets the text as it was written.
  }
  return plainInstead(clean, 'Its markup could not be converted')
}

/** The transformer's tree without what the site could not show: images have no file to point to yet. */
function tidy(nodes: AdfNode[], lost: Reason[]): AdfNode[] {
  const images: string[] = []
  const visit = (node: AdfNode): AdfNode[] => {
    if (node.type === 'text') return node.text ? [{ ...node, text: node.text }] : []
    if (node.type === 'mediaSingle' || node.type === 'mediaGroup')
      return [paragraph(...(node.content ?? []).flatMap(visit))]
    if (node.type === 'media' || node.type === 'mediaInline') return [image(node, images)]
    if (!node.content) return [node]
    const content = node.content.flatMap(visit)
    return [{ ...node, content }]
  }
  const content = nodes.flatMap(visit).filter((node) => !isBlank(node))
  if (images.length > 0)
    lost.push({
      code: 'inline-image',
      text: `Images in the text stand as their names, the files are among the attachments: ${images.join(', ')}.`,
    })
  return content
}

/** What is left between two images of one line: a paragraph of spaces. */
function isBlank(node: AdfNode): boolean {
  return node.type === 'paragraph' && (node.content ?? []).every((n) => n.text?.trim() === '')
}

function image(node: AdfNode, images: string[]): AdfNode {
  const attrs = node.attrs ?? {}
  const name = String(attrs.url ?? attrs.id ?? '') || '(no name)'
  images.push(name)
  if (typeof attrs.url === 'string' && /^https?:\/\//i.test(attrs.url))
    return { ...text(attrs.url), marks: [{ type: 'link', attrs: { href: attrs.url } }] }
  return text(`Attachment: ${name}`, 'em')
}
