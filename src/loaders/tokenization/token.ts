/** A token's id, and the UTF-16 units of the word that it stands for. */
export type Token = [id: number, from: number, to: number]
export type TokenModel = (word: string) => Token[]
