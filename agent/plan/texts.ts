import type { AdfDoc, AdfNode, Reason, ToAdf } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { doc, headerLine, plainDoc, textLimit } from './adf.ts'
import { reason } from './item.ts'
import { resolveMentions } from './mentions.ts'
import type { People } from './people.ts'
import { splitDoc } from './split.ts'

export interface Texts {
  /**
   * A text of the source as documents that the site takes: the first for the field, the others for
   * notes. Empty when there is neither a text nor a line before it.
   */
  convert(
    text: {
      /** As the source's renderers know it: 'customfield_10001' for a custom one. */
      field: 'description' | 'environment' | 'comment' | 'worklog' | `customfield_${string}`
      /** What people call it, where that is something else. */
      name?: string
      projectId: string
    },
    value: string | null,
    before: (string | AdfNode)[],
    losses: Reason[],
  ): Promise<AdfDoc[]>
}

const letters = (value: string | null) => (value?.length ?? 0).toLocaleString('en')

/** @param whole a text is not split, however long it is: for comparing it with what another program made of it */
export function createTexts(
  snapshot: SnapshotReader,
  people: People,
  toAdf: ToAdf,
  whole = false,
): Texts {
  const renderers = new Map<string, 'wiki' | 'text'>()
  for (const row of snapshot.rows('renderer'))
    renderers.set(`${row.projectId ?? ''}/${row.field}`, row.renderer)
  const rendererOf = (projectId: string, field: string) =>
    renderers.get(`${projectId}/${field}`) ?? renderers.get(`/${field}`) ?? 'wiki'
  return {
    async convert({ field, name = field, projectId }, value, before, losses) {
      const head = before.map((node) => (typeof node === 'string' ? headerLine(node) : node))
      const content: AdfNode[] = [...head]
      if (value?.trim()) {
        if (rendererOf(projectId, field) === 'text') content.push(...plainDoc(value).content)
        else {
          const { doc: body, lost } = await toAdf(value)
          losses.push(...lost)
          content.push(...resolveMentions(body, people, losses).content)
        }
      }
      if (content.length === 0) return []
      const parts = whole ? [doc(content)] : splitDoc(doc(content), textLimit)
      if (parts.length > 1)
        losses.push(
          reason(
            'text-split',
            `The ${name} has ${letters(value)} characters, more than the site takes (32,767 with its formatting): the rest stands in ${parts.length === 2 ? 'a comment' : `${parts.length - 1} comments`}.`,
          ),
        )
      return parts
    },
  }
}
