import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'

export interface ToolboxProps {
  tools: readonly { id: string; title: string }[]
  chosen: string
  onChoose: (id: string) => void
  /** What the chosen tool shows. */
  children: ReactNode
}

/** A lab's tools as tabs: one at a time is open, and only the open one computes. */
export function Toolbox({ tools, chosen, onChoose, children }: ToolboxProps) {
  return (
    <Tabs
      id="tools"
      className="toolbox"
      selectedKey={chosen}
      onSelectionChange={(id) => onChoose(String(id))}
      data-testid="toolbox"
    >
      <TabList className="toolbox-tabs" aria-label="Tools">
        {tools.map(({ id, title }) => (
          <Tab key={id} id={id} className="toolbox-tab" data-testid={`tool-${id}`}>
            {title}
          </Tab>
        ))}
      </TabList>
      {tools.map(({ id }) => (
        <TabPanel key={id} id={id} className="toolbox-panel">
          {id === chosen && children}
        </TabPanel>
      ))}
    </Tabs>
  )
}
