#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_customize
short_description: Customize the web UI
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Configure the links to applications, the texts, the announcement and the login page of the web interface of a mailcow server (System
    > Configuration > Options > Customize).
  - mailcow's API does not show these settings. So the module cannot compare them, writes each specified group of settings in each run,
    and reports a change. An omitted group is not changed. If none is specified, nothing is written.
  - mailcow accepts the settings of a group only together, and resets omitted ones. Specify all settings of a group that you want to
    keep, every time.
  - The logo can be changed only in the web interface.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It checks the values, and requests only the version of mailcow.
  diff_mode:
    support: partial
    details:
      - The previous settings are not known.
  idempotent:
    support: none
    details:
      - mailcow does not show these settings.
options:
  app_links:
    description: All additional links to applications in the web interface, in their order. An empty list removes them.
    type: list
    elements: dict
    suboptions:
      app:
        description: Name of the application.
        type: str
        required: true
      href:
        description: Address of the application.
        type: str
        required: true
      user_href:
        description:
          - Address for logged-in users, with C(%u) for the user name.
          - If omitted, it is the same as O(app_links[].href). Anything else needs mailcow 2025-03 or newer.
        type: str
      hide:
        description: Whether to hide the link. V(true) needs mailcow 2025-03 or newer.
        type: bool
        default: false
  ui_texts:
    description: All texts of the web interface. If one is empty, mailcow shows its default, or nothing.
    type: dict
    suboptions:
      title_name:
        description: Title of the pages in the browser.
        type: str
        default: ""
      main_name:
        description: Name of the web interface.
        type: str
        default: ""
      apps_name:
        description: Name of the list of applications.
        type: str
        default: ""
      help_text:
        description: Text below the login form, which can be HTML.
        type: str
        default: ""
      ui_footer:
        description: Text at the bottom of each page, which can be HTML.
        type: str
        default: ""
      announcement:
        description: An announcement above the login form. If omitted, there is none.
        type: dict
        suboptions:
          text:
            description: The announcement, which can be HTML.
            type: str
            required: true
          type:
            description: Style of the announcement.
            type: str
            choices:
              danger: In red.
              info: In blue.
              warning: In yellow.
            default: info
          active:
            description: Whether it is shown.
            type: bool
            default: true
  ip_check:
    description:
      - Whether the web interface shows the public addresses of the server to administrators, for which it queries a server of the
        mailcow project on the internet.
    type: bool
  custom_login:
    description: Options of the login page. It needs mailcow 2025-05 or newer.
    type: dict
    suboptions:
      hide_user_quicklink:
        description: Whether the link to the login of users is hidden.
        type: bool
        default: false
      hide_domainadmin_quicklink:
        description: Whether the link to the login of domain administrators is hidden.
        type: bool
        default: false
      hide_admin_quicklink:
        description: Whether the link to the login of administrators is hidden.
        type: bool
        default: false
      force_sso:
        description:
          - Whether users can only log in with the identity provider.
          - First set up one that works, see M(community.mailcow.mailcow_identity_provider).
        type: bool
        default: false
seealso:
  - module: community.mailcow.mailcow_identity_provider
  - module: community.mailcow.mailcow_quota_notification
  - module: community.mailcow.mailcow_password_reset_notification
"""

EXAMPLES = r"""
- name: Announce a maintenance on the login page
  community.mailcow.mailcow_customize:
    ui_texts:
      main_name: Mail of Example Inc.
      announcement:
        text: Mail is not available on Sunday from 2 to 4 o'clock.
        type: warning

- name: Link to the webmail and hide the login of administrators
  community.mailcow.mailcow_customize:
    app_links:
      - app: Webmail
        href: /SOGo/
        user_href: /SOGo/so/%u
      - app: Help
        href: https://help.example.com
    custom_login:
      hide_admin_quicklink: true
      hide_domainadmin_quicklink: true

- name: Remove the announcement; this empties all other texts as well
  community.mailcow.mailcow_customize:
    ui_texts: {}
"""

RETURN = r"""
customize:
  description: The groups of settings that were written, with the names of the options. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    app_links:
      description: All links to applications.
      returned: if given
      type: list
      elements: dict
      contains:
        app:
          description: Name of the application.
          returned: success
          type: str
          sample: Webmail
        href:
          description: Address of the application.
          returned: success
          type: str
          sample: /SOGo/
        user_href:
          description: Address for users who are logged in.
          returned: success
          type: str
          sample: /SOGo/so/%u
        hide:
          description: Whether the link is hidden.
          returned: success
          type: bool
          sample: false
    ui_texts:
      description: All texts of the web interface.
      returned: if given
      type: dict
      contains:
        title_name:
          description: Title of the pages in the browser.
          returned: success
          type: str
          sample: ""
        main_name:
          description: Name of the web interface.
          returned: success
          type: str
          sample: Mail of Example Inc.
        apps_name:
          description: Name of the list of applications.
          returned: success
          type: str
          sample: ""
        help_text:
          description: Text below the login form.
          returned: success
          type: str
          sample: ""
        ui_footer:
          description: Text at the bottom of each page.
          returned: success
          type: str
          sample: ""
        announcement:
          description: An announcement above the login form. V(null) for none.
          returned: success
          type: dict
          contains:
            text:
              description: The announcement.
              returned: success
              type: str
              sample: Mail is not available on Sunday from 2 to 4 o'clock.
            type:
              description: Style of the announcement.
              returned: success
              type: str
              sample: warning
            active:
              description: Whether it is shown.
              returned: success
              type: bool
              sample: true
    ip_check:
      description: Whether the web interface shows the public addresses of the server.
      returned: if given
      type: bool
      sample: false
    custom_login:
      description: Options of the login page.
      returned: if given
      type: dict
      contains:
        hide_user_quicklink:
          description: Whether the link to the login of users is hidden.
          returned: success
          type: bool
          sample: false
        hide_domainadmin_quicklink:
          description: Whether the link to the login of domain administrators is hidden.
          returned: success
          type: bool
          sample: true
        hide_admin_quicklink:
          description: Whether the link to the login of administrators is hidden.
          returned: success
          type: bool
          sample: true
        force_sso:
          description: Whether users can only log in with the identity provider.
          returned: success
          type: bool
          sample: false
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/ui_texts
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.customize import CUSTOMIZE


def main() -> None:
    run(CUSTOMIZE)


if __name__ == "__main__":
    main()
