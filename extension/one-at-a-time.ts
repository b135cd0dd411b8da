/** Begins the work at each call, but never beside itself: what is called meanwhile follows once. */
export function oneAtATime(
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => void {
  let state: 'idle' | 'busy' | 'again' = 'idle'
  const begin = (): void => {
    state = 'busy'
    void work()
      .catch(onError)
      .finally(() => {
        const again = state === 'again'
        state = 'idle'
        if (again) begin()
      })
  }
  return () => {
    if (state === 'idle') begin()
    else state = 'again'
  }
}
