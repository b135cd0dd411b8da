/**
 * The exact upper bound for a share, of which `found` were seen in `looked` (Clopper and Pearson, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934): the share at
 * which so few, or fewer, would be seen with the probability 1 - confidence. The sample is drawn from each
 * project in proportion, for which the binomial bound holds all the more (Hoeffding, "On the distribution of
 * the number of successes in independent trials", Annals of Mathematical Statistics 27, 1956).
 */
export function upperBound(found: number, looked: number, confidence = 0.95): number {
  if (looked === 0 || found >= looked) return 1
  let [low, high] = [found / looked, 1]
  // Each step halves the interval: after 60 it is narrower than a double can tell.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (atMost(found, looked, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

/** The probability to see at most `found` in `looked` where the share is `share`: the binomial distribution. */
function atMost(found: number, looked: number, share: number): number {
  let sum = 0
  // The logarithm of the binomial coefficient, built up term by term so that nothing overflows.
  let choose = 0
  for (let k = 0; k <= found; k += 1) {
    if (k > 0) choose += Math.log((looked - k + 1) / k)
    sum += Math.exp(choose + k * Math.log(share) + (looked - k) * Math.log1p(-share))
  }
  return sum
}

const n = (count: number) => count.toLocaleString('en')

/** The first answer, for a person: what was looked at, what was found, and how sure that makes one. */
export function answerOf(sample: { looked: number; different: number; of: number }): string {
  const { looked, different, of } = sample
  if (looked === 0)
    return `None of ${n(of)} issues can be seen with this login. Give it the permission Browse Projects, or use an administrator's token, then verify again.`
  const seen =
    different === 0 ? 'none needs' : `${n(different)} ${different === 1 ? 'needs' : 'need'}`
  const begin = `${n(looked)} of ${n(of)} issues looked at, ${seen} a look`
  if (looked >= of) return `${begin}. That is all of them.`
  // Not all can differ where some were seen that do not.
  const share = Math.min(upperBound(different, looked), (of - looked + different) / of)
  const percent = Math.ceil(share * 1000) / 10
  return `${begin}: with 95 % confidence fewer than ${percent.toFixed(1)} % of all do.`
}
