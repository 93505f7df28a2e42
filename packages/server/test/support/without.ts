/** A record but for some of its fields, to compare it with another. */
export function without<T extends object, K extends keyof T>(
  record: T,
  ...names: readonly K[]
): Omit<T, K> {
  const copy = { ...record }
  for (const name of names) delete copy[name]
  return copy
}
