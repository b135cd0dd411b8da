import { useContext, useLayoutEffect, useRef } from 'preact/hooks'
import type { MigrationsModel } from '../models/migrations.ts'
import { AgentAway } from './agent.tsx'
import { OldAnswersContext } from './old-answers.ts'

/**
 * That the agent does not answer, at the lower edge of the window: in sight wherever the page is scrolled to, and
 * nothing moves when it comes or goes. Its room stays once it had some: who has scrolled to the end keeps their place.
 */
export function AwayDock({ model }: { model: MigrationsModel }) {
  const old = useContext(OldAnswersContext)?.value
  const dock = useRef<HTMLDivElement>(null)
  const away = model.reach.value?.state === 'away' || (old?.size ?? 0) > 0
  useLayoutEffect(() => {
    const room = dock.current
    if (!away || !room) return
    const watch = new ResizeObserver(() => {
      const { height } = room.getBoundingClientRect()
      room.style.setProperty('--kept', `${height}px`)
    })
    watch.observe(room)
    return () => watch.disconnect()
  }, [away])
  return (
    <div class="dock" ref={dock}>
      {old ? <AgentAway model={model} old={old} /> : <AgentAway model={model} />}
    </div>
  )
}
