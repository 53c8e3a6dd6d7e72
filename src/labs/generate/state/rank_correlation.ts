/** Spearman's rank correlation (1904): how far two lists agree on the order, −1 to 1. Equals share the mean of their ranks. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [ranksA, ranksB] = [ranks(a), ranks(b)]
  const mean = (a.length + 1) / 2
  let [products, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(ranksA[i] as number) - mean, (ranksB[i] as number) - mean]
    products += x * y
    ofA += x * x
    ofB += y * y
  }
  return products / Math.sqrt(ofA * ofB)
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}
