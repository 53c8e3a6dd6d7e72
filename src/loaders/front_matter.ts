/** The front matter of a model's README.md: what Hugging Face calls the card's metadata. */

/** Fields by name, in their order; a list is joined. Nested fields are left out. */
export type FrontMatter = Readonly<Record<string, string>>

/**
 * Reads the YAML that model cards use: `name: value`, `name: [a, b]`, and `name:` with lines `- value` under it.
 * @returns {} where the text begins without `---`
 */
export function frontMatter(readme: string): FrontMatter {
  const [, block] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(readme) ?? []
  const fields: Record<string, string[]> = {}
  let open: string[] | null = null
  for (const line of block?.split(/\r?\n/) ?? []) {
    const [, name, value = ''] = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(line) ?? []
    const [, item] = /^\s*-\s+([^:]+)$/.exec(line) ?? []
    if (name !== undefined) {
      open = fields[name] = []
      open.push(
        ...value
          .replace(/^\[(.*)\]$/, '$1')
          .split(value.startsWith('[') ? ',' : '\n')
          .map(bare)
          .filter(Boolean),
      )
    } else if (item !== undefined) open?.push(bare(item))
    else open = null
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, values]) => (values.length > 0 ? [[name, values.join(', ')]] : [])),
  )
}

function bare(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2')
}
