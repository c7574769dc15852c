# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the simulated server: names, columns and limits as in mailcow's database, written down once.

A column line is `name type [null] [=default]`. Types: str N (VARCHAR), words N (the same, compared without accents, too), text,
long (LONGTEXT), json, int, big, small, usmall, tiny (integers with MariaDB's ranges), float, enum a|b, date (DATETIME), created
(NOT NULL, now), modified (null until a row really changes, then now: facts-server 1.6), id (AUTO_INCREMENT, never reused).
"""

from __future__ import annotations

import re
import typing as t

NOW = "datetime('now', 'localtime')"

RANGES = {
    "int": (-(2**31), 2**31 - 1),
    "big": (-(2**63), 2**63 - 1),
    "small": (-(2**15), 2**15 - 1),
    "usmall": (0, 2**16 - 1),
    "tiny": (-128, 127),
}


class Table(t.NamedTuple):
    columns: dict[str, str]
    primary: tuple[str, ...]
    unique: dict[str, tuple[str, ...]]
    references: tuple[str, str, str] | None


TABLES: dict[str, Table] = {}


def _table(name: str, columns: str, primary: str = "", unique: dict[str, str] | None = None, ref: str = "") -> None:
    lines = [line.split(None, 1) for line in columns.strip().splitlines()]
    keys = {key: tuple(value.split()) for key, value in (unique or {}).items()}
    TABLES[name] = Table(dict(lines), tuple(primary.split()), keys, t.cast("tuple[str, str, str]", tuple(ref.split())) if ref else None)


_table(
    "admin",
    """
    username str 255
    password str 255
    superadmin tiny =0
    created created
    modified modified
    active tiny =1
    attributes json null
""",
    "username",
)

_table(
    "fido2",
    """
    username str 255
    friendlyName str 255 null
    rpId str 255
    credentialPublicKey text
    credentialId text
    created created
    modified modified
    active tiny =1
""",
)

_table(
    "tfa",
    """
    id id
    key_id str 255
    username str 255
    authmech enum yubi_otp|u2f|hotp|totp|webauthn null
    secret str 255 null
    keyHandle str 1023 null
    publicKey str 4096 null
    counter int =0
    certificate text null
    active tiny =0
""",
    "id",
)

_table(
    "relayhosts",
    """
    id id
    hostname str 255
    username str 255
    password str 255
    active tiny =1
""",
    "id",
)

_table(
    "transports",
    """
    id id
    destination str 255
    nexthop str 255
    username str 255 =
    password str 255 =
    is_mx_based tiny =0
    active tiny =1
""",
    "id",
)

_table(
    "alias",
    """
    id id
    address str 255
    goto text
    domain str 255
    created created
    modified modified
    private_comment text null
    public_comment text null
    sogo_visible tiny =1
    internal tiny =0
    sender_allowed tiny =1
    active tiny =1
""",
    "id",
    {"address": "address"},
)

_table(
    "api",
    """
    api_key str 255
    allow_from str 512
    skip_ip_check tiny =0
    created created
    modified modified
    access enum ro|rw =rw
    active tiny =1
""",
    "api_key",
)

_table(
    "sender_acl",
    """
    id id
    logged_in_as str 255
    send_as str 255
    external tiny =0
""",
    "id",
)

_table(
    "templates",
    """
    id id
    template words 255
    type str 255
    attributes json null
    created created
    modified modified
""",
    "id",
)

_table(
    "domain",
    """
    domain str 255
    description str 255 null
    aliases int =0
    mailboxes int =0
    defquota big =3072
    maxquota big =102400
    quota big =102400
    relayhost str 255 =0
    backupmx tiny =0
    gal tiny =1
    relay_all_recipients tiny =0
    relay_unknown_only tiny =0
    created created
    modified modified
    active tiny =1
""",
    "domain",
)

_table(
    "domain_wide_footer",
    """
    domain str 255
    html long null
    plain long null
    mbox_exclude json =[]
    alias_domain_exclude json =[]
    skip_replies tiny =0
""",
    "domain",
)

_table(
    "tags_domain",
    """
    tag_name words 255
    domain str 255
""",
    "",
    {"tag_name": "tag_name domain"},
    "domain domain domain",
)

_table(
    "tls_policy_override",
    """
    id id
    dest str 255
    policy enum none|may|encrypt|dane|dane-only|fingerprint|verify|secure
    parameters str 255 null =
    created created
    modified modified
    active tiny =1
""",
    "id",
    {"dest": "dest"},
)

_table(
    "quarantine",
    """
    id id
    qid str 30
    subject str 500 null
    score float null
    ip str 50 null
    action str 20 =unknown
    symbols json null
    fuzzy_hashes json null
    sender str 255 =unknown
    rcpt str 255 null
    msg long null
    domain str 255 null
    notified tiny =0
    created created
    user str 255 =unknown
    qhash str 64 null
""",
    "id",
)

_table(
    "mailbox",
    """
    username str 255
    password str 255
    name str 255 null
    description str 255 null
    mailbox_path_prefix str 150 null =/var/vmail/
    quota big =102400
    local_part str 255
    domain str 255
    attributes json null
    custom_attributes json ={}
    kind str 100 =
    multiple_bookings int =-1
    authsource enum mailcow|keycloak|generic-oidc|ldap null =mailcow
    created created
    modified modified
    active tiny =1
""",
    "username",
)

_table(
    "tags_mailbox",
    """
    tag_name words 255
    username str 255
""",
    "",
    {"tag_name": "tag_name username"},
    "username mailbox username",
)

_table(
    "sieve_filters",
    """
    id id
    username str 255
    script_desc str 255
    script_name enum active|inactive null
    script_data text
    filter_type enum postfilter|prefilter null
    created created
    modified modified
""",
    "id",
    ref="username mailbox username",
)

_table(
    "app_passwd",
    """
    id id
    name str 255
    mailbox str 255
    domain str 255
    password str 255
    created created
    modified modified
    imap_access tiny =1
    smtp_access tiny =1
    dav_access tiny =1
    eas_access tiny =1
    pop3_access tiny =1
    sieve_access tiny =1
    active tiny =1
""",
    "id",
    ref="mailbox mailbox username",
)

_table(
    "mta_sts",
    """
    id big
    domain str 255
    version str 255
    mode str 255
    mx str 255
    max_age str 255
    active tiny =1
""",
    "domain",
)

_table(
    "user_acl",
    """
    username str 255
    spam_alias tiny =1
    tls_policy tiny =1
    spam_score tiny =1
    spam_policy tiny =1
    delimiter_action tiny =1
    syncjobs tiny =0
    eas_reset tiny =1
    sogo_profile_reset tiny =0
    pushover tiny =1
    quarantine tiny =1
    quarantine_attachments tiny =1
    quarantine_notification tiny =1
    quarantine_category tiny =1
    app_passwds tiny =1
    pw_reset tiny =1
""",
    "username",
    ref="username mailbox username",
)

_table(
    "alias_domain",
    """
    alias_domain str 255
    target_domain str 255
    created created
    modified modified
    active tiny =1
""",
    "alias_domain",
)

_table(
    "spamalias",
    """
    address str 255
    goto text
    description text
    created created
    modified modified
    validity int null
    permanent tiny =0
""",
    "address",
)

_table(
    "filterconf",
    """
    object str 255 =
    option str 50 =
    value str 100 =
    created created
    modified modified
    prefid id
""",
    "prefid",
)

_table(
    "settingsmap",
    """
    id id
    desc str 255
    content long
    created created
    modified modified
    active tiny =0
""",
    "id",
)

_table(
    "identity_provider",
    """
    key str 255
    value text
    created created
    modified modified
""",
    "key",
)

_table(
    "logs",
    """
    id id
    task str 32 =000000
    type str 32 null =
    msg text null
    call text null
    user str 64
    role str 32
    remote str 39
    time int
""",
    "id",
)

_table(
    "sasl_log",
    """
    service str 32 =
    app_password int null
    username str 255
    real_rip str 64
    datetime created
""",
    "service real_rip username",
)

for _name in ("quota2", "quota2replica"):
    _table(
        _name,
        """
        username str 255
        bytes big =0
        messages big =0
    """,
        "username",
    )

_table(
    "domain_admins",
    """
    id id
    username str 255
    domain str 255
    created created
    active tiny =1
""",
    "id",
)

_table(
    "da_acl",
    """
    username str 255
    syncjobs tiny =1
    quarantine tiny =1
    login_as tiny =1
    sogo_access tiny =1
    app_passwds tiny =1
    bcc_maps tiny =1
    pushover tiny =0
    filters tiny =1
    ratelimit tiny =1
    spam_policy tiny =1
    extend_sender_acl tiny =0
    unlimited_quota tiny =0
    protocol_access tiny =1
    smtp_ip_access tiny =1
    alias_domains tiny =0
    mailbox_relayhost tiny =1
    domain_relayhost tiny =1
    domain_desc tiny =0
""",
    "username",
)

for _name in ("da_sso", "reset_password"):
    _table(
        _name,
        """
        username str 255
        token str 255
        created created
    """,
        "token created",
    )

_table(
    "imapsync",
    """
    id id
    user2 str 255
    host1 str 255
    authmech1 enum PLAIN|LOGIN|CRAM-MD5 null =PLAIN
    regextrans2 str 255 null =
    authmd51 tiny =0
    domain2 str 255 =
    subfolder2 str 255 =
    user1 str 255
    password1 str 255
    exclude str 500 =
    maxage small =0
    mins_interval usmall =0
    maxbytespersecond str 50 =0
    port1 usmall
    enc1 enum TLS|SSL|PLAIN null =TLS
    delete2duplicates tiny =1
    delete1 tiny =0
    delete2 tiny =0
    automap tiny =0
    skipcrossduplicates tiny =0
    custom_params str 512 =
    timeout1 small =600
    timeout2 small =600
    subscribeall tiny =1
    dry tiny =0
    is_running tiny =0
    returned_text long null
    last_run date null
    success tiny null
    exit_status str 50 null
    created created
    modified modified
    active tiny =0
""",
    "id",
)

_table(
    "bcc_maps",
    """
    id id
    local_dest str 255
    bcc_dest str 255
    domain str 255
    type enum sender|rcpt null
    created created
    modified modified
    active tiny =0
""",
    "id",
)

_table(
    "recipient_maps",
    """
    id id
    old_dest str 255
    new_dest str 255
    created created
    modified modified
    active tiny =0
""",
    "id",
)

_table(
    "forwarding_hosts",
    """
    host str 255
    source str 255
    filter_spam tiny =0
""",
    "host",
)

_table(
    "pushover",
    """
    username str 255
    key str 255
    token str 255
    attributes json null
    title text null
    text text null
    senders text null
    senders_regex text null
    active tiny =1
""",
    "username",
)

_table(
    "oauth_clients",
    """
    id id
    client_id str 80
    client_secret str 80 null
    redirect_uri str 2000 null
    grant_types str 80 null
    scope str 4000 null
    user_id str 80 null
""",
    "id",
    {"PRIMARY": "client_id"},
)

_table(
    "oauth_access_tokens",
    """
    access_token str 40
    client_id str 80
    user_id str 80 null
    expires date
    scope str 4000 null
""",
    "access_token",
)

_table(
    "oauth_refresh_tokens",
    """
    refresh_token str 40
    client_id str 80
    user_id str 80 null
    expires date
    scope str 4000 null
""",
    "refresh_token",
)

_table(
    "oauth_authorization_codes",
    """
    authorization_code str 40
    client_id str 80
    user_id str 80 null
    redirect_uri str 2000 null
    expires date
    scope str 4000 null
    id_token str 1000 null
""",
    "authorization_code",
)

# SOGo's side, as far as deleting a mailbox, a resource or a profile touches it.
_table(
    "sogo_user_profile",
    """
    c_uid str 255
    c_defaults long null
    c_settings long null
""",
    "c_uid",
)


def _column(table: str, name: str, spec: str) -> str:
    """One column as SQLite DDL. Constraint names carry what db.translate() needs to word MariaDB's error."""
    match = re.fullmatch(r"(\w+)((?: (?!null\b)[^ =][^ =]*)?)( null)?(?: =(.*))?", spec.strip())
    if not match:
        raise ValueError("%s.%s: %s" % (table, name, spec))
    kind, size, null, default = match.group(1), match.group(2).strip(), match.group(3), match.group(4)
    column = '"%s"' % name
    checks = {}
    if kind == "id":
        return column + " INTEGER PRIMARY KEY AUTOINCREMENT"
    if kind == "created":
        return "%s TEXT NOT NULL DEFAULT (%s)" % (column, NOW)
    if kind in ("modified", "date"):
        return column + " TEXT" + ("" if null or kind == "modified" else " NOT NULL")
    if kind in RANGES:
        sql = column + " INTEGER"
        low, high = RANGES[kind]
        checks["integer"] = "typeof({0}) IN ('integer', 'null')"
        checks["range"] = "typeof({0}) <> 'integer' OR {0} BETWEEN %d AND %d" % (low, high)
    elif kind == "float":
        sql = column + " REAL"
        checks["integer"] = "typeof({0}) IN ('real', 'integer', 'null')"
    else:
        # NOCASE knows ASCII only, and is much faster than the collation of db.py
        sql = column + " TEXT COLLATE " + ("GENERAL_CI" if kind == "words" else "NOCASE")
        if kind in ("str", "words"):
            checks["long"] = "length({0}) <= %d" % int(size)
        elif kind == "text":
            checks["long"] = "length(CAST({0} AS BLOB)) <= 65535"
        elif kind == "json":
            checks["json"] = "{0} IS NULL OR json_valid({0})"
        elif kind == "enum":
            checks["enum"] = "{0} IN (%s)" % ", ".join("'%s'" % value for value in size.split("|"))
        elif kind != "long":
            raise ValueError("%s.%s: %s" % (table, name, spec))
    if not null:
        sql += " NOT NULL"
    if default is not None:
        sql += " DEFAULT '%s'" % default if "TEXT" in sql else " DEFAULT %s" % default
    for what, check in checks.items():
        sql += ' CONSTRAINT "%s.%s:%s" CHECK (%s)' % (table, name, what, check.format(column))
    return sql


def ddl() -> t.Iterator[str]:
    """All statements that make the empty database."""
    for name, table in TABLES.items():
        lines = [_column(name, column, spec) for column, spec in table.columns.items()]
        if table.primary and table.columns[table.primary[0]] != "id":
            lines.append("PRIMARY KEY (%s)" % ", ".join('"%s"' % column for column in table.primary))
        lines += ["UNIQUE (%s)" % ", ".join('"%s"' % column for column in columns) for columns in table.unique.values()]
        if table.references:
            lines.append('FOREIGN KEY ("%s") REFERENCES "%s" ("%s") ON DELETE CASCADE' % table.references)
        yield 'CREATE TABLE "%s" (%s)' % (name, ", ".join(lines))
        if "modified" in table.columns:
            # ON UPDATE CURRENT_TIMESTAMP: only when a value differs, byte for byte, and the statement did not set it itself.
            others = [column for column in table.columns if column != "modified"]
            changed = " OR ".join('OLD."%s" COLLATE BINARY IS NOT NEW."%s"' % (column, column) for column in others)
            yield (
                'CREATE TRIGGER "%s_modified" AFTER UPDATE ON "%s" WHEN OLD.modified IS NEW.modified AND (%s) '
                'BEGIN UPDATE "%s" SET modified = %s WHERE rowid = NEW.rowid; END' % (name, name, changed, name, NOW)
            )
    # The lookups that listings of thousands of objects make for each row.
    for table_name, columns in (
        ("mailbox", "domain"),
        ("alias", "domain"),
        ("tags_domain", "domain"),
        ("tags_mailbox", "username"),
        ("alias_domain", "target_domain"),
        ("spamalias", "goto"),
        ("sender_acl", "logged_in_as"),
        ("filterconf", "object"),
        ("imapsync", "user2"),
        ("sieve_filters", "username"),
        ("app_passwd", "mailbox"),
        ("sasl_log", "username"),
        ("domain_admins", "username"),
    ):
        yield 'CREATE INDEX "ix_%s_%s" ON "%s" ("%s")' % (table_name, columns, table_name, columns)
