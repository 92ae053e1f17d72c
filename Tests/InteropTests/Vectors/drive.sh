# Runs all vectors through license.sh: prints name, state and id of each line of cases.tsv.
. ./license.sh

while read -r name value; do
    case $name in
        released) RELEASED=$value ;;
        leeway) LEEWAY=$value ;;
        withdrawn) WITHDRAWN="$WITHDRAWN $value" ;;
    esac
done <settings.tsv

while read -r name keys now perpetual path; do
    PERPETUAL=false
    [ "$perpetual" -eq 0 ] || PERPETUAL=true
    license_decide "$keys" "$now" <"$path" |
        jq -r --arg name "$name" '[$name, .state, .id // "-"] | @tsv'
done <cases.tsv
