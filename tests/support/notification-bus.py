"""Stands in for the desktop's notifications (org.freedesktop.Notifications): prints what is shown, and presses buttons."""

import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"


def say(what):
    print(json.dumps(what), flush=True)


class Notifications(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, _app, replaces, _icon, title, _body, actions, _hints, _expires):
        if not replaces:
            self.last += 1
        shown = int(replaces or self.last)
        buttons = {str(label): str(key) for key, label in zip(actions[::2], actions[1::2])}
        say({"id": shown, "title": str(title), "buttons": buttons})
        return dbus.UInt32(shown)

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, shown):
        self.NotificationClosed(shown, dbus.UInt32(3))

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return ("stand-in", "tests", "1", "1.2")

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, shown, key):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, shown, reason):
        pass


def press(source, _condition):
    line = source.readline()
    if not line:
        sys.exit(0)
    asked = json.loads(line)
    server.ActionInvoked(dbus.UInt32(asked["id"]), asked["key"])
    return True


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(NAME, bus)
server = Notifications(bus, "/org/freedesktop/Notifications")
GLib.io_add_watch(sys.stdin, GLib.IO_IN, press)
say({"id": 0, "title": "", "buttons": {}})
GLib.MainLoop().run()
