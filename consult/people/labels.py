"""What is a device called on pages and in letters?"""

from flask_babel import gettext


def device_name(device: str) -> str:
    """The browser and its system, as `devices.device_of` keeps them."""
    browser, _, system = device.partition("/")
    if browser and system:
        return gettext("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or gettext("A browser that does not say what it is")
