/** No component says a word of its own: attributes and options that are read take them from a room of words. */

import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, it } from 'vitest'

/** Attributes of JSX, and properties of the options that menus, tables and charts are given. */
const SAID = ['aria-label', 'title', 'label', 'placeholder', 'lead', 'hint', 'alt', 'name', 'what', 'action', 'note']

const SOURCES = ['src/views', 'src/labs', 'src/app']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/(testing|words|gallery|state)\//.test(file))

it('finds words in attributes and options, and leaves keys, symbols and tokens alone', () => {
  const found = wordsIn(
    'Example.tsx',
    `const options = [{ label: 'always [MASK]' }, { label: t('on') }, { label: '80/10/10' }, { title: 'B − A' }]
     const view = <Panel title="One token" lead={on ? \`layer \${n}\` : t('off')} name="query" testId="panel" hint="[CLS]" />`,
  )
  expect(found).toEqual(['always [MASK]', 'One token', 'layer ', 'query'])
})

it.each(SOURCES)('%s', (file) => {
  expect(wordsIn(file, readFileSync(file, 'utf8'))).toEqual([])
})

function wordsIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    // A room of words as small as one name stands where it is used.
    if (ts.isCallExpression(node) && node.expression.getText() === 'defineWords') return
    const value = ts.isJsxAttribute(node) || ts.isPropertyAssignment(node) ? node.initializer : undefined
    if (value && SAID.includes(nameOf(node as ts.JsxAttribute | ts.PropertyAssignment))) {
      found.push(...literals(value).filter(isWords))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function nameOf({ name }: ts.JsxAttribute | ts.PropertyAssignment): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText()
}

/** The literal texts that a value may come to; what a call is given is its own matter. */
function literals(value: ts.Node): string[] {
  if (ts.isStringLiteralLike(value)) return [value.text]
  if (ts.isTemplateExpression(value)) {
    return [
      value.head.text,
      ...value.templateSpans.flatMap((span) => [...literals(span.expression), span.literal.text]),
    ]
  }
  if (ts.isJsxExpression(value) || ts.isParenthesizedExpression(value)) {
    return value.expression ? literals(value.expression) : []
  }
  if (ts.isConditionalExpression(value)) return [...literals(value.whenTrue), ...literals(value.whenFalse)]
  if (ts.isBinaryExpression(value)) return [...literals(value.left), ...literals(value.right)]
  return []
}

/** Two letters in a row that are no special token. */
function isWords(text: string): boolean {
  return /\p{L}{2}/u.test(text.replace(/\[\w+\]|<\w+>/g, ''))
}
