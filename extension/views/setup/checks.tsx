import { Checks } from '../checks.tsx'

/** The checks as a step: those never asked are asked at once. */
export function ChecksStep({ id, now }: { id: string; now: number }) {
  return <Checks id={id} now={now} begin />
}
