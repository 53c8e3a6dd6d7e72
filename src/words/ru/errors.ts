/** Errors in Russian, by their English sentence. */
const errors: Readonly<Record<string, string>> = {}

export default errors
