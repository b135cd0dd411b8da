import type { ComponentChildren } from 'preact'

/** Terms with what they are, one a line. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [term: string, value: ComponentChildren])[]
}) {
  return (
    <dl class="facts">
      {facts.flatMap(([term, value]) => [
        <dt key={term}>{term}</dt>,
        <dd key={`${term}:`}>
          <bdi>{value}</bdi>
        </dd>,
      ])}
    </dl>
  )
}
