/** A model that ends with its block: `using model = closing(new DetailModel(id))`. */
export function closing<T extends { [Symbol.dispose](): void }>(model: T): T {
  return model
}
