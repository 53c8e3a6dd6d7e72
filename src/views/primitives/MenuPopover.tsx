import type { RefObject } from 'react'
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components'
import type { ActionMenuProps } from './menu.ts'

/** A menu that opens at any element: one instance serves many triggers. React Aria brings keyboard, touch and type-ahead. */
export default function MenuPopover({ label, anchor, groups, onChoose, onClose, testId }: ActionMenuProps) {
  const anchorRef: RefObject<Element | null> = { current: anchor }
  return (
    <Popover
      className="popover"
      triggerRef={anchorRef}
      isOpen={anchor !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      placement="bottom start"
      offset={6}
      aria-label={label}
    >
      <Menu
        className="menu"
        data-testid={testId}
        aria-label={label}
        autoFocus="first"
        disabledKeys={groups.flatMap((group) => group.choices.filter((c) => c.disabled).map((c) => c.id))}
        onAction={(id) => {
          if (!groups.some(({ ticked, choices }) => ticked && choices.some((choice) => choice.id === id))) onClose()
          onChoose(String(id))
        }}
        onClose={onClose}
      >
        {groups.map((group) => (
          <MenuSection
            key={group.title}
            className="menu-section"
            aria-label={group.title}
            {...(group.ticked && { selectionMode: 'multiple', selectedKeys: group.ticked })}
          >
            <Header className="menu-title">{group.title}</Header>
            {group.choices.map((choice) => (
              <MenuItem
                key={choice.id}
                id={choice.id}
                textValue={choice.label}
                className="menu-item"
                data-action={choice.id}
              >
                <span className={choice.kind ? 'stamp' : 'menu-label'} data-kind={choice.kind}>
                  {choice.label}
                </span>
                {choice.hint && <span className="menu-hint">{choice.hint}</span>}
                {choice.shortcut && <kbd className="menu-key">{choice.shortcut}</kbd>}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Popover>
  )
}
