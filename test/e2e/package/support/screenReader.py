"""Says what a screen reader would, one line each: the window's name, what has the focus, what was ticked. To each line that
it is given it answers with all that the page says, as JSON."""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib


def heard(event):
    source = event.source
    try:
        said = f"{source.get_role_name()} {source.get_name()}"
    except GLib.Error:
        return  # It is gone again.
    if event.type.startswith("object:property-change"):
        if source.get_role() == Atspi.Role.FRAME:
            print(said, flush=True)
    elif event.detail1 == 1:
        print(f"{event.type.split(':')[2]} {said}", flush=True)


def texts(node):
    try:
        node.clear_cache()
        children = [node.get_child_at_index(place) for place in range(node.get_child_count())]
        own = [] if children else [node.get_name()]
    except GLib.Error:
        return []
    return own + [text for child in children if child is not None for text in texts(child)]


def asked(channel, _):
    if sys.stdin.readline() == "":
        Atspi.event_quit()
        return False
    page = json.dumps([text for text in texts(Atspi.get_desktop(0)) if text])
    # After all that happened before.
    GLib.idle_add(lambda: print(page, flush=True), priority=GLib.PRIORITY_LOW)
    return True


listener = Atspi.EventListener.new(heard)
for event in (
    "object:state-changed:focused",
    "object:state-changed:checked",
    "object:property-change:accessible-name",
):
    listener.register(event)
GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, asked)
print("ready", flush=True)
Atspi.event_main()
