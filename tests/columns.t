#!/bin/sh
# The columns stand in four places: certpress-csv(5), the reader, the schema of records and rec2cert.
# From the page alone a job is made that fills every column of every table; the others must take it.
. tests/lib.sh

# Tables of KIND from the page: lines "TABLE COLUMN TYPE".
columns()
{
    awk -v kind="$1" '
        /^\.Ss .*\.csv$/ { table = substr($2, 1, length($2) - 4) }
        /^\.It Li [a-z-]+ Ta / {
            split($0, part, " Ta ")
            gsub("[*, ]+", " ", part[3])
            if (index(" " part[3] " ", " " kind " ")) print table, $3, part[2]
        }' src/formats/certpress-csv.5
}

for kind in iecee iecex csms; do
    mkdir "$tmp/$kind"
    columns "$kind" | awk -v dir="$tmp/$kind" '
        function value(type) {
            if (type == "date") return "2026-01-05"
            if (type == "integer") return "0"
            if (type == "yes or no") return "yes"
            if (type == "country") return "NO"
            if (type == "list") return "a|b"
            return "x"
        }
        {
            type = $0
            sub("^[^ ]+ [^ ]+ ", "", type)
            if (!($1 in head)) order[++n] = $1
            head[$1] = head[$1] sep[$1] $2
            row[$1] = row[$1] sep[$1] value(type)
            sep[$1] = ","
        }
        END { for (i = 1; i <= n; i++) printf "%s\n%s\n", head[order[i]], row[order[i]] > (dir "/" order[i] ".csv") }'
    csv2rec --template "$kind" -o "$tmp" 2>/dev/null
    for table in "$tmp/$kind"/*.csv; do
        head -1 "$table" | tr ',' '\n' | sort >"$tmp/page"
        head -1 "$tmp/$(basename "$table")" | tr ',' '\n' | sort >"$tmp/template"
        check "$kind: the page has the columns of $(basename "$table")" cmp "$tmp/page" "$tmp/template"
    done
    rm -f "$tmp"/*.csv
    status "$kind: every column is read as the page says" 0 csv2rec --kind "$kind" "$tmp/$kind" -o "$tmp/$kind.rec.xml"
    check "$kind: the schema has every column" xmllint --noout --nonet --relaxng src/formats/rec.rng "$tmp/$kind.rec.xml"
    rec2cert "$tmp/$kind.rec.xml" >/dev/null 2>"$tmp/err"
    if grep -E 'REC-00[67]|REC-009|REC-01[0-3]' "$tmp/err" >"$tmp/strange"; then
        fail "$kind: rec2cert knows every column" "$tmp/strange"
    else
        pass "$kind: rec2cert knows every column"
    fi
    says "$kind: and did look at the record" '(IECEE|IECEX|CSMS|REC)-[0-9]+' "$tmp/err"
done
finish
